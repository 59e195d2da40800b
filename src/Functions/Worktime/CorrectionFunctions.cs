using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>What the signed-in developer changes about sessions after the fact. Each change is recorded.</summary>
public sealed class CorrectionFunctions(CorrectSession correctSession, ITimeSessionRepository sessions, TimeProvider clock)
{
    /// <summary>Corrects a session; one that was abandoned counts then. Of one that runs, only the start can be corrected.</summary>
    [Function(nameof(CorrectSession))]
    [Access(Caller.Developer)]
    [Accepts<CorrectSessionBody>]
    [Returns<SessionAnswer>("The session from now on.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such session, or it is somebody else's.", "SESSION_NOT_FOUND")]
    [Fails(StatusCodes.Status409Conflict, "It runs.", "SESSION_ACTIVE")]
    [Fails(
        StatusCodes.Status422UnprocessableEntity,
        "The duration is more than what elapsed, the end is before the start, or a time is not plausible.",
        "DURATION_TOO_LONG",
        "ENDS_BEFORE_START",
        "TIME_NOT_PLAUSIBLE")]
    public async Task<IResult> CorrectSession(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/time-sessions/{id:long}")] HttpRequest request,
        [Description("The session's id.")] long id,
        CancellationToken cancellationToken)
    {
        var body = await RequestFields.ReadAsync(request, WorktimeJson.Default.CorrectSessionBody, (sent, errors) => sent.Check(errors), cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var now = ClientClock.Of(clock.GetInstant(), null).Value;
        var start = now.Read(Parse(body.Value.Value.StartTime), "start_time");
        var end = now.Read(Parse(body.Value.Value.EndTime), "end_time");
        if ((start.Error ?? end.Error) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var corrected = await correctSession.ExecuteAsync(
            request.Developer(), id, new SessionCorrection(start.Value, end.Value, body.Value.Value.DurationSeconds), cancellationToken);
        return corrected.Match(session => Reply.Json(SessionAnswer.Of(session), WorktimeJson.Default.SessionAnswer), Problems.ToProblem);
    }

    /// <summary>Removes a session, also from the statistics. A client that sends it again under its name is told so.</summary>
    [Function(nameof(DeleteSession))]
    [Access(Caller.Developer)]
    [Returns(StatusCodes.Status204NoContent, "It is removed.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such session, or it is somebody else's.", "SESSION_NOT_FOUND")]
    public async Task<IResult> DeleteSession(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/time-sessions/{id:long}")] HttpRequest request,
        [Description("The session's id.")] long id,
        CancellationToken cancellationToken) =>
        await sessions.TryDeleteAsync(request.Developer(), id, cancellationToken) ? Reply.NoContent() : SessionErrors.NotFound.ToProblem();

    private static Instant? Parse(string? text) => text is null ? null : IsoTimes.ParseTime(text)?.Instant;
}
