using NodaTime;

namespace TraderHub.Core.Worktime.Statistics;

/// <summary>What the sessions of a developer come to on a day, in one repository.</summary>
/// <param name="RepoOwner">Whose repository it is.</param>
/// <param name="RepoName">The repository.</param>
/// <param name="Date">The day.</param>
/// <param name="Seconds">What was counted on it.</param>
/// <param name="Sessions">How many sessions began on it.</param>
public sealed record DayTotal(string RepoOwner, string RepoName, LocalDate Date, long Seconds, long Sessions)
{
    /// <summary>What a session took, to the nearest second; 0 where none began, as on the day after a session over midnight.</summary>
    public long AverageSeconds => Sessions == 0 ? 0 : (Seconds + (Sessions / 2)) / Sessions;

    /// <summary>What sessions come to, by repository and day. Days without any are left out.</summary>
    public static IReadOnlyCollection<DayTotal> Of(IEnumerable<CountedSession> sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        var totals = new Dictionary<(string, string, LocalDate), DayTotal>();
        foreach (var session in sessions)
        {
            var (owner, name, _) = session.PullRequest;
            foreach (var share in session.Shares)
            {
                var sum = totals.GetValueOrDefault((owner, name, share.Date)) ?? new(owner, name, share.Date, 0, 0);
                totals[(owner, name, share.Date)] = sum with { Seconds = sum.Seconds + share.Seconds, Sessions = sum.Sessions + share.Sessions };
            }
        }

        return totals.Values;
    }
}
