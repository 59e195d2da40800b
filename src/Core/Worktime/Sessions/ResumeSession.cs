using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>Lets an abandoned session go on (rule V5).</summary>
public sealed class ResumeSession(ITimeSessionRepository sessions, TimeProvider clock)
{
    /// <summary>The session, which runs.</summary>
    public async Task<Result<TimeSession>> ExecuteAsync(long developer, long id, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var resumed = await sessions.ChangeAsync(
            developer,
            SessionKey.Of(id),
            situation => situation.Known is null ? SessionErrors.NotFound : SessionRules.Resume(situation, now),
            cancellationToken);
        return resumed.Match<Result<TimeSession>>(stored => stored.Session, error => error);
    }
}
