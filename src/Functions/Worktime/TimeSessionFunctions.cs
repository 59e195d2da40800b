using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>Starts and ends the signed-in developer's review sessions.</summary>
public sealed class TimeSessionFunctions(
    StartSession startSession,
    EndSession endSession,
    SeeSession seeSession,
    ResumeSession resumeSession,
    [FromKeyedServices("worktime")] IdempotentRequests requests,
    TimeProvider clock)
{
    /// <summary>Starts a session; there is one at a time for a pull request, and who starts it again is told of the one that runs.</summary>
    [Function(nameof(StartSession))]
    [Access(Caller.Developer)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Accepts<StartSessionBody>]
    [Returns<StartedSessionAnswer>(StatusCodes.Status201Created, "It has started.")]
    [Returns<StartedSessionAnswer>("It was there: the one of the `client_id`, or the one that runs on the pull request.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status404NotFound, "The session of this `client_id` was deleted, or the developer is gone.", "DEVELOPER_NOT_FOUND", "SESSION_DELETED")]
    [Fails(StatusCodes.Status409Conflict, "The `client_id` stands for another pull request, or the key for another body.", "CLIENT_ID_REUSED", IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status422UnprocessableEntity, "A time lies in the future, or too far back.", "TIME_NOT_PLAUSIBLE")]
    public async Task<IResult> StartSession(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/time-sessions/start")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestFields.ReadAsync(request, WorktimeJson.Default.StartSessionBody, (sent, errors) => sent.Check(errors), cancellationToken);
        return body.Error is { } refusal
            ? refusal.ToProblem()
            : await requests.RunAsync(request, body.Value.ToBytes, () => StartAsync(request, body.Value.Value, cancellationToken), cancellationToken);
    }

    /// <summary>Ends a session. Ended again, it is answered as it ended; one that was abandoned counts then.</summary>
    [Function(nameof(EndSession))]
    [Access(Caller.Developer)]
    [Accepts<EndSessionBody>(IsOptional = true)]
    [Returns<EndedSessionAnswer>("How it has ended.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such session, or it is somebody else's.", "SESSION_NOT_FOUND")]
    [Fails(
        StatusCodes.Status422UnprocessableEntity,
        "The duration is more than what elapsed, the end is before the start, or a time is not plausible.",
        "DURATION_TOO_LONG",
        "ENDS_BEFORE_START",
        "TIME_NOT_PLAUSIBLE")]
    public async Task<IResult> EndSession(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/time-sessions/{id:long}/end")] HttpRequest request,
        [Description("The session's id.")] long id,
        CancellationToken cancellationToken)
    {
        var body = await RequestFields.ReadAsync(
            request, WorktimeJson.Default.EndSessionBody, (sent, errors) => sent.Check(errors), cancellationToken, isOptional: true);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var end = ReadTime(body.Value.Value.ClientTime, body.Value.Value.EndTime, "end_time");
        if (end.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var ended = await endSession.ExecuteAsync(request.Developer(), id, new SessionEnd(end.Value, body.Value.Value.DurationSeconds), cancellationToken);
        return ended.Match(
            stored => Reply.Json(EndedSessionAnswer.Of(stored.Session), WorktimeJson.Default.EndedSessionAnswer), Problems.ToProblem);
    }

    /// <summary>Says that a session's client is still there; without it for 30 minutes, a session is abandoned.</summary>
    [Function(nameof(SeeSession))]
    [Access(Caller.Developer)]
    [Returns<HeartbeatAnswer>("It was noted.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such session, or it is somebody else's.", "SESSION_NOT_FOUND")]
    [Fails(StatusCodes.Status409Conflict, "It does not run.", "SESSION_NOT_ACTIVE")]
    public async Task<IResult> SeeSession(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/time-sessions/{id:long}/heartbeat")] HttpRequest request,
        [Description("The session's id.")] long id,
        CancellationToken cancellationToken)
    {
        var seen = await seeSession.ExecuteAsync(request.Developer(), id, cancellationToken);
        return seen.Match(
            at => Reply.Json(new HeartbeatAnswer(id, SessionStatus.Active.ToText(), at.ToIso()), WorktimeJson.Default.HeartbeatAnswer), Problems.ToProblem);
    }

    /// <summary>Lets an abandoned session go on; the time between is not part of it.</summary>
    [Function(nameof(ResumeSession))]
    [Access(Caller.Developer)]
    [Returns<SessionAnswer>("The session, which runs.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such session, or it is somebody else's.", "SESSION_NOT_FOUND")]
    [Fails(
        StatusCodes.Status409Conflict, "It has ended, or another of the pull request runs.", "ANOTHER_SESSION_ACTIVE", "SESSION_NOT_ACTIVE")]
    public async Task<IResult> ResumeSession(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/time-sessions/{id:long}/resume")] HttpRequest request,
        [Description("The session's id.")] long id,
        CancellationToken cancellationToken)
    {
        var resumed = await resumeSession.ExecuteAsync(request.Developer(), id, cancellationToken);
        return resumed.Match(session => Reply.Json(SessionAnswer.Of(session), WorktimeJson.Default.SessionAnswer), Problems.ToProblem);
    }

    private async Task<IResult> StartAsync(HttpRequest request, StartSessionBody body, CancellationToken cancellationToken)
    {
        var start = ReadTime(body.ClientTime, body.StartTime, "start_time");
        var started = start.Error is { } refusal
            ? refusal
            : await startSession.ExecuteAsync(request.Developer(), body.PullRequest, body.ClientId, start.Value, cancellationToken);
        return started.Match(stored => Answer(request, stored), Problems.ToProblem);
    }

    private static IResult Answer(HttpRequest request, StoredSession stored)
    {
        request.HttpContext.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"/api/time-sessions/{stored.Session.Id}");
        return Reply.Json(
            StartedSessionAnswer.Of(stored.Session),
            WorktimeJson.Default.StartedSessionAnswer,
            stored.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private Result<NodaTime.Instant?> ReadTime(string? clientTime, string? time, string field) => ClientClock
        .Of(clock.GetInstant(), clientTime is null ? null : IsoTimes.ParseTime(clientTime))
        .Match(shown => shown.Read(time is null ? null : IsoTimes.ParseTime(time)?.Instant, field), error => error);
}
