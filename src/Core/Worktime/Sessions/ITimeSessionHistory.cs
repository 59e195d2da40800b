using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>Which sessions of a developer are asked for.</summary>
/// <param name="Developer">Whose.</param>
public sealed record SessionQuery(long Developer)
{
    /// <summary>How they stand; null means any.</summary>
    public SessionStatus? Status { get; init; }

    /// <summary>In which repository; null means any.</summary>
    public (string Owner, string Name)? Repo { get; init; }

    /// <summary>The beginning of what some part of them lies in; one without length lies where it is, and one that runs has no end yet (rule V7).</summary>
    public SessionBound? From { get; init; }

    /// <summary>The end of that.</summary>
    public SessionBound? To { get; init; }

    /// <summary>The most to answer.</summary>
    public int Limit { get; init; }

    /// <summary>How many to leave out first.</summary>
    public int Offset { get; init; }

    /// <summary>The last one that was answered; null begins the list.</summary>
    public TimeKey? After { get; init; }
}

/// <summary>An active session of somebody.</summary>
/// <param name="Developer">Whose.</param>
/// <param name="Id">Its id.</param>
public sealed record ActiveSession(long Developer, long Id);

/// <summary>The sessions as they are read.</summary>
public interface ITimeSessionHistory
{
    /// <summary>A session of a developer; null when there is none.</summary>
    Task<TimeSession?> FindAsync(long developer, long id, CancellationToken cancellationToken);

    /// <summary>The sessions that a query finds, those stored last first, and one more than its limit when there are more.</summary>
    Task<IReadOnlyList<TimeSession>> ReadAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>The zones that a developer's sessions count in, and the one of those to come.</summary>
    Task<IReadOnlyList<string>> ListZonesAsync(long developer, CancellationToken cancellationToken);

    /// <summary>How many sessions a query finds, whatever part of them it asks for.</summary>
    Task<long> CountAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>Everybody's sessions that run on a pull request, and were begun, or resumed last, by an instant.</summary>
    Task<IReadOnlyList<ActiveSession>> ListActiveAsync(PullRequest pullRequest, Instant startedBy, CancellationToken cancellationToken);
}
