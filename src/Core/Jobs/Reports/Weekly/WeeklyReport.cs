using NodaTime;

namespace TraderHub.Core.Jobs.Reports.Weekly;

/// <summary>A week's end-of-day reports together.</summary>
/// <param name="Week">The ISO week, such as <c>2026-W47</c>.</param>
/// <param name="WeekStart">Its Monday.</param>
/// <param name="WeekEnd">Its Friday.</param>
/// <param name="WeeklyOverview">What there is.</param>
/// <param name="AccuracyMetrics">How right the calls were.</param>
/// <param name="PatternAnalysis">How the days differ.</param>
/// <param name="Trend"><c>improving</c>, <c>declining</c> or <c>stable</c>; null with fewer than three scored days.</param>
/// <param name="TopPerformers">The three symbols that rose most over the days.</param>
/// <param name="Underperformers">The three that fell most.</param>
/// <param name="NextWeekOutlook">The last day's outlook; null when there is no day.</param>
/// <param name="Insights">The same in sentences.</param>
/// <param name="Days">Every weekday.</param>
public sealed record WeeklyReport(
    string Week,
    string WeekStart,
    string WeekEnd,
    WeeklyOverview WeeklyOverview,
    AccuracyMetrics AccuracyMetrics,
    PatternAnalysis PatternAnalysis,
    string? Trend,
    IReadOnlyList<WeeklyMover> TopPerformers,
    IReadOnlyList<WeeklyMover> Underperformers,
    EndOfDay.TomorrowOutlook? NextWeekOutlook,
    IReadOnlyList<string> Insights,
    IReadOnlyList<WeekDay> Days);

/// <summary>What a week has.</summary>
/// <param name="TradingDays">How many sessions there were.</param>
/// <param name="TradingDaysFound">How many of them have an end-of-day report.</param>
/// <param name="TotalSignals">How many verdicts those hold.</param>
public sealed record WeeklyOverview(int TradingDays, int TradingDaysFound, int TotalSignals);

/// <summary>How right a week's calls were.</summary>
/// <param name="EvaluatedCount">How many were scored.</param>
/// <param name="CorrectCalls">How many were right.</param>
/// <param name="WrongCalls">How many were wrong.</param>
/// <param name="OverallAccuracy">The right ones in whole percent; null when none was scored.</param>
/// <param name="BestDay">The day of the highest accuracy; null when none was scored.</param>
/// <param name="WorstDay">The day of the lowest.</param>
public sealed record AccuracyMetrics(int EvaluatedCount, int CorrectCalls, int WrongCalls, decimal? OverallAccuracy, string? BestDay, string? WorstDay);

/// <summary>How a week's days differ; null throughout when none was scored.</summary>
/// <param name="StrongDays">How many days were above 70 %.</param>
/// <param name="WeakDays">How many were below 60 %.</param>
/// <param name="ConsistencyScore">100 less the standard deviation of the days' accuracies.</param>
/// <param name="OverallPerformance"><c>excellent</c>, <c>strong</c>, <c>moderate</c> or <c>weak</c>, by the days' mean accuracy.</param>
public sealed record PatternAnalysis(int? StrongDays, int? WeakDays, decimal? ConsistencyScore, string? OverallPerformance);

/// <summary>A symbol's week.</summary>
/// <param name="Ticker">The symbol.</param>
/// <param name="ChangePercent">Its days' changes one after the other, of the days that have a report.</param>
public sealed record WeeklyMover(string Ticker, decimal ChangePercent);

/// <summary>A day of a week.</summary>
/// <param name="Date">The business date.</param>
/// <param name="Status"><c>success</c>, <c>missing</c> or <c>holiday</c>.</param>
/// <param name="Holiday">The holiday's name.</param>
/// <param name="EvaluatedCount">How many calls were scored.</param>
/// <param name="CorrectCalls">How many were right.</param>
/// <param name="OverallAccuracy">The right ones in whole percent; null when none was scored.</param>
public sealed record WeekDay(string Date, string Status, string? Holiday, int EvaluatedCount, int CorrectCalls, decimal? OverallAccuracy);

/// <summary>A day's end-of-day report, for the weekly one.</summary>
/// <param name="Date">The business date.</param>
/// <param name="Report">Its report.</param>
public sealed record ReportedDay(LocalDate Date, EndOfDay.EndOfDayReport Report);
