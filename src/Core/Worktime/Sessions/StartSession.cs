using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>Starts a session, once however often it is sent (rule V4).</summary>
public sealed class StartSession(ITimeSessionRepository sessions, TimeProvider clock)
{
    /// <summary>The session that has started: a new one, the one of the client's name, or the one that runs on the pull request already.</summary>
    /// <param name="developer">Whose.</param>
    /// <param name="pullRequest">What is reviewed.</param>
    /// <param name="clientId">The client's name for the session.</param>
    /// <param name="startedAt">When it began, if not now: then it is a session of its own, whatever runs at the moment.</param>
    /// <param name="cancellationToken">Ends the starting.</param>
    public async Task<Result<StoredSession>> ExecuteAsync(
        long developer, PullRequest pullRequest, string? clientId, Instant? startedAt, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var session = new TimeSession(0, pullRequest, startedAt ?? now, SessionStatus.Active) { ClientId = clientId, LastSeenAt = startedAt ?? now, CreatedAt = now };
        if (await sessions.TryStartAsync(developer, session, cancellationToken) is { } started)
        {
            return new StoredSession(started, IsNew: true);
        }

        return await sessions.ChangeAsync(
            developer,
            new SessionKey(null, clientId, pullRequest),
            situation => Start(situation, session, isLive: startedAt is null),
            cancellationToken);
    }

    private static Result<SessionChange> Start(SessionSituation situation, TimeSession session, bool isLive)
    {
        if (situation.IsDeleted)
        {
            return SessionErrors.Deleted;
        }

        if (situation.Known is { } known)
        {
            return known.PullRequest.IsSameAs(session.PullRequest)
                ? (SessionChange)(isLive ? known : WithItsStart(known, session.StartTime))
                : SessionErrors.ClientIdReused;
        }

        return (SessionChange)(situation.Active switch
        {
            null => session,
            { } active when isLive => active,

            // What a queue tells later is a session of its own. Until its end comes, it is one that nothing is heard of.
            _ => session with { Status = SessionStatus.Abandoned, EndTime = session.StartTime },
        });
    }

    /// <summary>A session whose end came first, with the start that it was told now, if that goes with its duration.</summary>
    private static TimeSession WithItsStart(TimeSession session, Instant start) => session.IsStartDerived
        ? SessionRules.Complete(session, start, session.EndTime!.Value, session.DurationSeconds).Match(
            whole => whole with { IsStartDerived = false }, _ => session)
        : session;
}
