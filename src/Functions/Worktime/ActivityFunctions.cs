using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Activities;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>What the signed-in developer did in reviews.</summary>
public sealed class ActivityFunctions(
    IActivityRepository activities, [FromKeyedServices("worktime")] IdempotentRequests requests, TimeProvider clock)
{
    /// <summary>Records something that was done in a review.</summary>
    [Function(nameof(RecordActivity))]
    [Access(Caller.Developer)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Accepts<NewActivityBody>]
    [Returns<ActivityAnswer>(StatusCodes.Status201Created, "It is stored.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status404NotFound, "There is no such session, or it is somebody else's.", "DEVELOPER_NOT_FOUND", "SESSION_NOT_FOUND")]
    [Fails(StatusCodes.Status409Conflict, "The key was used for another body.", IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status422UnprocessableEntity, "The time lies in the future, or too far back.", "TIME_NOT_PLAUSIBLE")]
    public async Task<IResult> RecordActivity(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/activities")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestFields.ReadAsync(
            request, WorktimeJson.Default.NewActivityBody, (sent, errors) => sent.Check(string.Empty, errors), cancellationToken);
        return body.Error is { } refusal
            ? refusal.ToProblem()
            : await requests.RunAsync(
                request,
                body.Value.ToBytes,
                () => RecordAsync(
                    request,
                    [body.Value.Value],
                    body.Value.Value.ClientTime,
                    stored => Reply.Json(ActivityAnswer.Of(stored[0]), WorktimeJson.Default.ActivityAnswer, StatusCodes.Status201Created),
                    cancellationToken),
                cancellationToken);
    }

    /// <summary>Records several things that were done in reviews, all or none.</summary>
    [Function(nameof(RecordActivities))]
    [Access(Caller.Developer)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Accepts<ActivityBatchBody>]
    [Returns<ActivityBatchAnswer>(StatusCodes.Status201Created, "They are stored.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status404NotFound, "There is no such session, or it is somebody else's.", "DEVELOPER_NOT_FOUND", "SESSION_NOT_FOUND")]
    [Fails(StatusCodes.Status409Conflict, "The key was used for another body.", IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status422UnprocessableEntity, "A time lies in the future, or too far back.", "TIME_NOT_PLAUSIBLE")]
    public async Task<IResult> RecordActivities(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/activities/batch")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestFields.ReadAsync(request, WorktimeJson.Default.ActivityBatchBody, CheckBatch, cancellationToken);
        return body.Error is { } refusal
            ? refusal.ToProblem()
            : await requests.RunAsync(
                request,
                body.Value.ToBytes,
                () => RecordAsync(request, body.Value.Value.Activities, body.Value.Value.ClientTime, AnswerBatch, cancellationToken),
                cancellationToken);
    }

    private static void CheckBatch(ActivityBatchBody batch, FieldErrors errors)
    {
        WorktimeChecks.Time(batch.ClientTime, "client_time", errors);
        WorktimeChecks.BatchSize(batch.Activities.Count, "activities", errors);
        for (var i = 0; i < Math.Min(batch.Activities.Count, WorktimeChecks.LargestBatch); i++)
        {
            batch.Activities[i].Check($"activities[{i}].", errors);
        }
    }

    private async Task<IResult> RecordAsync(
        HttpRequest request,
        IReadOnlyList<NewActivityBody> bodies,
        string? clientTime,
        Func<IReadOnlyList<ReviewActivity>, IResult> answer,
        CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var read = new List<ReviewActivity>();
        foreach (var body in bodies)
        {
            var shown = (body.ClientTime ?? clientTime) is { } text ? IsoTimes.ParseTime(text) : null;
            var at = ClientClock.Of(now, shown).Match(
                clientClock => clientClock.Read(body.CreatedAt is null ? null : IsoTimes.ParseTime(body.CreatedAt)?.Instant, "created_at"), error => error);
            if (at.Error is { } refusal)
            {
                return refusal.ToProblem();
            }

            read.Add(body.ToActivity(at.Value ?? now));
        }

        return (await activities.AddAsync(request.Developer(), read, cancellationToken)).Match(answer, Problems.ToProblem);
    }

    private static IResult AnswerBatch(IReadOnlyList<ReviewActivity> stored) => Reply.Json(
        new ActivityBatchAnswer([.. stored.Select(activity => activity.Id)], stored.Count, stored.Count),
        WorktimeJson.Default.ActivityBatchAnswer,
        StatusCodes.Status201Created);
}
