using NodaTime;

namespace TraderHub.Core.Worktime.Statistics;

/// <summary>What a pull request took on a day.</summary>
/// <param name="Date">The day.</param>
/// <param name="PullRequest">The pull request.</param>
/// <param name="Seconds">What was counted.</param>
/// <param name="Sessions">How many sessions began.</param>
public sealed record MatrixCell(LocalDate Date, PullRequest PullRequest, long Seconds, long Sessions);

/// <summary>Works out what each pull request took on each day. It comes to the same as the day totals.</summary>
public sealed class ReadMatrix(IWorktimeStatistics statistics)
{
    /// <summary>The cells of the days [from, to) that are not empty, by day, and by pull request within it.</summary>
    public async Task<IReadOnlyList<MatrixCell>> ExecuteAsync(long developer, LocalDate from, LocalDate to, CancellationToken cancellationToken)
    {
        var cells = new Dictionary<(LocalDate, PullRequest), MatrixCell>();
        foreach (var session in await statistics.ListSessionsAsync(developer, from, to, cancellationToken))
        {
            foreach (var share in session.Shares.Where(share => share.Date >= from && share.Date < to))
            {
                var sum = cells.GetValueOrDefault((share.Date, session.PullRequest)) ?? new(share.Date, session.PullRequest, 0, 0);
                cells[(share.Date, session.PullRequest)] = sum with { Seconds = sum.Seconds + share.Seconds, Sessions = sum.Sessions + share.Sessions };
            }
        }

        return
        [
            .. cells.Values
                .OrderBy(cell => cell.Date)
                .ThenBy(cell => cell.PullRequest.RepoOwner, StringComparer.Ordinal)
                .ThenBy(cell => cell.PullRequest.RepoName, StringComparer.Ordinal)
                .ThenBy(cell => cell.PullRequest.Number),
        ];
    }
}
