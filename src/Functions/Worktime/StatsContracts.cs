using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Statistics;

namespace TraderHub.Functions.Worktime;

/// <summary>The last days.</summary>
/// <param name="Stats">The days with reviews, the latest first.</param>
/// <param name="Days">How many days were asked for; the last is today in the developer's zone.</param>
/// <param name="TotalStats">How many of them have reviews.</param>
public sealed record DailyStatsAnswer(IReadOnlyList<WorkDayAnswer> Stats, int Days, int TotalStats);

/// <summary>A day with reviews.</summary>
/// <param name="Date">The day, of the zone that the developer had then.</param>
/// <param name="TotalSeconds">What was counted on it.</param>
/// <param name="SessionCount">How many sessions began on it.</param>
/// <param name="AvgSessionSeconds">What a session took; 0 where none began.</param>
/// <param name="Repos">The same by repository.</param>
public sealed record WorkDayAnswer(string Date, long TotalSeconds, long SessionCount, long AvgSessionSeconds, IReadOnlyList<RepoDayAnswer> Repos)
{
    /// <summary>The days of totals that are in the order of the days.</summary>
    internal static IEnumerable<WorkDayAnswer> Of(IEnumerable<DayTotal> totals) => totals.GroupBy(total => total.Date).Select(day =>
    {
        var sum = new DayTotal(string.Empty, string.Empty, day.Key, day.Sum(total => total.Seconds), day.Sum(total => total.Sessions));
        return new WorkDayAnswer(day.Key.ToIso(), sum.Seconds, sum.Sessions, sum.AverageSeconds, [.. day.Select(RepoDayAnswer.Of)]);
    });
}

/// <summary>A day in one repository.</summary>
/// <param name="RepoOwner">Whose repository it is.</param>
/// <param name="RepoName">The repository.</param>
/// <param name="TotalSeconds">What was counted.</param>
/// <param name="SessionCount">How many sessions began.</param>
/// <param name="AvgSessionSeconds">What a session took; 0 where none began.</param>
public sealed record RepoDayAnswer(string RepoOwner, string RepoName, long TotalSeconds, long SessionCount, long AvgSessionSeconds)
{
    internal static RepoDayAnswer Of(DayTotal total) => new(total.RepoOwner, total.RepoName, total.Seconds, total.Sessions, total.AverageSeconds);
}

/// <summary>A week.</summary>
/// <param name="Week">The ISO week, Monday to Sunday.</param>
/// <param name="TotalSeconds">What was counted in it.</param>
/// <param name="SessionCount">How many sessions began in it.</param>
/// <param name="DailyBreakdown">Its days with reviews, in their order.</param>
public sealed record WeeklyStatsAnswer(string Week, long TotalSeconds, long SessionCount, IReadOnlyList<WorkDayAnswer> DailyBreakdown);

/// <summary>A repository.</summary>
/// <param name="RepoOwner">Whose it is.</param>
/// <param name="RepoName">Its name.</param>
/// <param name="TotalSeconds">What its completed sessions count.</param>
/// <param name="SessionCount">How many there are.</param>
/// <param name="AvgSeconds">What a session takes; 0 without any.</param>
public sealed record RepoStatsAnswer(string RepoOwner, string RepoName, long TotalSeconds, long SessionCount, double AvgSeconds);

/// <summary>The last thirty days.</summary>
/// <param name="PeriodDays">Always 30; the last is today in the developer's zone.</param>
/// <param name="TotalSeconds">What was counted in them.</param>
/// <param name="TotalSessions">How many sessions began in them.</param>
/// <param name="AvgSecondsPerDay">What a day with reviews has, rounded.</param>
/// <param name="AvgSecondsPerSession">What a session took, rounded.</param>
/// <param name="ActiveDays">How many days have reviews.</param>
public sealed record StatsSummaryAnswer(
    int PeriodDays, long TotalSeconds, long TotalSessions, long AvgSecondsPerDay, long AvgSecondsPerSession, int ActiveDays);

/// <summary>Days by pull requests.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="TotalSeconds">What was counted on all of them.</param>
/// <param name="SessionCount">How many sessions began.</param>
/// <param name="Days">The days with reviews, in their order.</param>
public sealed record StatsMatrixAnswer(string From, string To, long TotalSeconds, long SessionCount, IReadOnlyList<MatrixDayAnswer> Days)
{
    internal static StatsMatrixAnswer Of(string from, string to, IReadOnlyList<MatrixCell> cells) => new(
        from,
        to,
        cells.Sum(cell => cell.Seconds),
        cells.Sum(cell => cell.Sessions),
        [.. cells.GroupBy(cell => cell.Date).Select(day => new MatrixDayAnswer(day.Key.ToIso(), day.Sum(cell => cell.Seconds), [.. day.Select(MatrixCellAnswer.Of)]))]);
}

/// <summary>A day of the matrix.</summary>
/// <param name="Date">The day.</param>
/// <param name="TotalSeconds">What was counted on it.</param>
/// <param name="PullRequests">The pull requests that were reviewed on it.</param>
public sealed record MatrixDayAnswer(string Date, long TotalSeconds, IReadOnlyList<MatrixCellAnswer> PullRequests);

/// <summary>A pull request on a day.</summary>
/// <param name="RepoOwner">Whose repository it is in.</param>
/// <param name="RepoName">The repository.</param>
/// <param name="PrNumber">The pull request.</param>
/// <param name="TotalSeconds">What was counted.</param>
/// <param name="SessionCount">How many sessions began.</param>
public sealed record MatrixCellAnswer(string RepoOwner, string RepoName, long PrNumber, long TotalSeconds, long SessionCount)
{
    internal static MatrixCellAnswer Of(MatrixCell cell) =>
        new(cell.PullRequest.RepoOwner, cell.PullRequest.RepoName, cell.PullRequest.Number, cell.Seconds, cell.Sessions);
}
