using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>Ends a session, once however often it is sent (rules V1, V4).</summary>
public sealed class EndSession(ITimeSessionRepository sessions, TimeProvider clock)
{
    /// <summary>Ends the session of an id.</summary>
    public Task<Result<StoredSession>> ExecuteAsync(long developer, long id, SessionEnd end, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        return sessions.ChangeAsync(
            developer,
            SessionKey.Of(id),
            situation => situation.Known is { } known ? SessionRules.End(known, end, situation.ZoneId, now) : SessionErrors.NotFound,
            cancellationToken);
    }

    /// <summary>Ends the session of a client's name; where its start has not come yet, it is stored as a whole.</summary>
    /// <param name="developer">Whose.</param>
    /// <param name="clientId">The client's name for it.</param>
    /// <param name="pullRequest">What was reviewed.</param>
    /// <param name="startedAt">When it began, as far as the client says.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="cancellationToken">Ends the ending.</param>
    public Task<Result<StoredSession>> ExecuteAsync(
        long developer, string clientId, PullRequest pullRequest, Instant? startedAt, SessionEnd end, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        return sessions.ChangeAsync(
            developer,
            new SessionKey(null, clientId, pullRequest),
            situation => situation switch
            {
                { IsDeleted: true } => SessionErrors.Deleted,
                { Known: { } known } => known.PullRequest.IsSameAs(pullRequest)
                    ? SessionRules.End(known, end, situation.ZoneId, now)
                    : SessionErrors.ClientIdReused,
                _ => StoreWhole(clientId, pullRequest, startedAt, end, situation.ZoneId, now),
            },
            cancellationToken);
    }

    private static Result<SessionChange> StoreWhole(
        string clientId, PullRequest pullRequest, Instant? startedAt, SessionEnd end, string zoneId, Instant now)
    {
        var seconds = end.DurationSeconds is { } given ? Duration.FromSeconds(given) : (Duration?)null;
        var endedAt = end.At ?? (startedAt + seconds is { } worked && worked < now ? worked : now);
        if ((startedAt ?? endedAt - seconds) is not { } start)
        {
            return SessionErrors.StartUnknown;
        }

        var session = new TimeSession(0, pullRequest, start, SessionStatus.Active)
        {
            ClientId = clientId,
            IsStartDerived = startedAt is null,
            LastSeenAt = endedAt,
            CreatedAt = now,
            ZoneId = zoneId,
        };
        return SessionRules.Complete(session, start, endedAt, end.DurationSeconds).Match<Result<SessionChange>>(whole => (SessionChange)whole, error => error);
    }
}
