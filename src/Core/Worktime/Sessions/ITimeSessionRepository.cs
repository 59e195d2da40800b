using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>The sessions of developers. The changes of one developer happen one after the other, and each is one transaction with the day totals that follow from it.</summary>
public interface ITimeSessionRepository
{
    /// <summary>Stores a session that begins now; null when something is in its way: one of its name, or another that runs on the pull request.</summary>
    Task<TimeSession?> TryStartAsync(long developer, TimeSession session, CancellationToken cancellationToken);

    /// <summary>Lets a rule decide about a session and stores what it decides.</summary>
    Task<Result<StoredSession>> ChangeAsync(long developer, SessionKey key, SessionRule rule, CancellationToken cancellationToken);

    /// <summary>Notes a sign of life of an active session; false when it is none.</summary>
    Task<bool> TrySeeAsync(long developer, long id, Instant at, CancellationToken cancellationToken);

    /// <summary>Removes a session, and remembers its client's names for it; false when there is none.</summary>
    Task<bool> TryDeleteAsync(long developer, long id, CancellationToken cancellationToken);

    /// <summary>Marks as abandoned what has shown no sign of life since an instant; how many there were is returned.</summary>
    Task<int> AbandonAsync(Instant lastSeenBy, CancellationToken cancellationToken);
}
