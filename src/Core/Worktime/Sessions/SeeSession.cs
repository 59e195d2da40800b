using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>Notes that a session's client is still there (rule V5).</summary>
public sealed class SeeSession(ITimeSessionRepository sessions, ITimeSessionHistory history, TimeProvider clock)
{
    /// <summary>When it was noted.</summary>
    public async Task<Result<Instant>> ExecuteAsync(long developer, long id, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        if (await sessions.TrySeeAsync(developer, id, now, cancellationToken))
        {
            return now;
        }

        return await history.FindAsync(developer, id, cancellationToken) is { } session ? SessionErrors.NotActive(session.Status) : SessionErrors.NotFound;
    }
}
