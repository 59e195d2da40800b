using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>Corrects a session of its owner (rule V5).</summary>
public sealed class CorrectSession(ITimeSessionRepository sessions)
{
    /// <summary>The session as it is from now on.</summary>
    public async Task<Result<TimeSession>> ExecuteAsync(long developer, long id, SessionCorrection correction, CancellationToken cancellationToken)
    {
        var corrected = await sessions.ChangeAsync(
            developer,
            SessionKey.Of(id),
            situation => situation.Known is { } known ? SessionRules.Correct(known, correction, situation.ZoneId) : SessionErrors.NotFound,
            cancellationToken);
        return corrected.Match<Result<TimeSession>>(stored => stored.Session, error => error);
    }
}
