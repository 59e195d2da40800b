using System.Globalization;
using NodaTime;
using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Reports.Weekly;

/// <summary>Makes the weekly report of the days' end-of-day reports. A day without one is named as missing, never filled in.</summary>
public static class WeeklyBuilder
{
    /// <summary>The report.</summary>
    /// <param name="week">The week.</param>
    /// <param name="days">The days that have a report, in their order.</param>
    public static WeeklyReport Build(IsoWeek week, IReadOnlyList<ReportedDay> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        var scored = days.Where(day => day.Report.OverallAccuracy is not null).ToList();
        var accuracies = scored.ConvertAll(day => day.Report.OverallAccuracy!.Value);
        var correct = days.Sum(day => day.Report.CorrectCalls);
        var evaluated = days.Sum(day => day.Report.EvaluatedCount);
        var movers = MoversOf(days);
        var weekdays = Enumerable.Range(0, 5).Select(week.Monday.PlusDays).Select(date => DayOf(date, days)).ToList();
        var overview = new WeeklyOverview(
            ExchangeCalendar.SessionDates(week.Monday, week.Friday).Count(), days.Count, days.Sum(day => day.Report.TotalSignals));
        return new(
            week.ToString(),
            week.Monday.ToIso(),
            week.Friday.ToIso(),
            overview,
            new(
                evaluated,
                correct,
                days.Sum(day => day.Report.WrongCalls),
                Percent.Of(correct, evaluated),
                scored.MaxBy(day => day.Report.OverallAccuracy) is { } best ? best.Date.ToIso() : null,
                scored.MinBy(day => day.Report.OverallAccuracy) is { } worst ? worst.Date.ToIso() : null),
            PatternOf(accuracies),
            TrendOf(accuracies),
            [.. movers.Where(mover => mover.ChangePercent > 0).Take(ReportThresholds.ListLength)],
            [.. movers.Where(mover => mover.ChangePercent < 0).Reverse().Take(ReportThresholds.ListLength)],
            days.Count == 0 ? null : days[^1].Report.TomorrowOutlook,
            Insights(overview, correct, evaluated),
            weekdays);
    }

    private static WeekDay DayOf(LocalDate date, IReadOnlyList<ReportedDay> days)
    {
        var holiday = ExchangeCalendar.HolidayOn(date);
        var report = days.FirstOrDefault(day => day.Date == date)?.Report;
        return new(
            date.ToIso(),
            report is not null ? "success" : holiday is not null ? "holiday" : "missing",
            holiday,
            report?.EvaluatedCount ?? 0,
            report?.CorrectCalls ?? 0,
            report?.OverallAccuracy);
    }

    private static PatternAnalysis PatternOf(List<decimal> accuracies)
    {
        if (accuracies.Count == 0)
        {
            return new(null, null, null, null);
        }

        var mean = accuracies.Average();
        var deviation = (decimal)Math.Sqrt((double)accuracies.Average(accuracy => (accuracy - mean) * (accuracy - mean)));
        return new(
            accuracies.Count(accuracy => accuracy > ReportThresholds.StrongDay),
            accuracies.Count(accuracy => accuracy < ReportThresholds.WeakDay),
            decimal.Round(100 - deviation, 1),
            ReportThresholds.Performance(mean));
    }

    private static string? TrendOf(List<decimal> accuracies)
    {
        if (accuracies.Count < ReportThresholds.TrendDays)
        {
            return null;
        }

        // With an odd number of days the one in the middle belongs to the second half.
        var half = accuracies.Count / 2;
        return (accuracies.Skip(half).Average() - accuracies.Take(half).Average()) switch
        {
            > ReportThresholds.Trend => "improving",
            < -ReportThresholds.Trend => "declining",
            _ => "stable",
        };
    }

    private static List<WeeklyMover> MoversOf(IReadOnlyList<ReportedDay> days) =>
    [
        .. days.SelectMany(day => day.Report.SignalBreakdown)
            .Where(outcome => outcome.Actual is not null)
            .GroupBy(outcome => outcome.Ticker)
            .Select(symbol => new WeeklyMover(symbol.Key, decimal.Round(100 * (symbol.Aggregate(1m, (product, day) => product * (1 + (day.Actual!.Value / 100))) - 1), 2)))
            .OrderByDescending(mover => mover.ChangePercent)
            .ThenBy(mover => mover.Ticker, StringComparer.Ordinal),
    ];

    private static List<string> Insights(WeeklyOverview overview, int correct, int evaluated)
    {
        List<string> insights =
        [
            evaluated == 0
                ? "No call of this week was scored."
                : string.Create(CultureInfo.InvariantCulture, $"{correct} of {evaluated} calls of this week were right."),
        ];
        if (overview.TradingDaysFound < overview.TradingDays)
        {
            insights.Add(string.Create(CultureInfo.InvariantCulture, $"{overview.TradingDays - overview.TradingDaysFound} of {overview.TradingDays} trading days have no report."));
        }

        return insights;
    }
}
