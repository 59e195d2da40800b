using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>Takes what clients kept while they were offline.</summary>
public sealed class SessionBatchFunctions(
    ReplaySessions replaySessions, [FromKeyedServices("worktime")] IdempotentRequests requests, TimeProvider clock)
{
    /// <summary>
    /// Stores starts and ends of sessions that a client kept while it was offline, each by itself. They may come in any order and as often as they like: a
    /// `client_id` names one session. Under an Idempotency-Key they are stored together.
    /// </summary>
    [Function(nameof(ReplaySessions))]
    [Access(Caller.Developer)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Accepts<SessionBatchBody>]
    [Returns<SessionBatchAnswer>("What became of each piece.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status409Conflict, "The key was used for another body.", IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status422UnprocessableEntity, "The client's clock is more than a year off.", "TIME_NOT_PLAUSIBLE")]
    public async Task<IResult> ReplaySessions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/time-sessions/batch")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestFields.ReadAsync(
            request, WorktimeJson.Default.UncheckedBatchBody, (sent, errors) => sent.Check(errors), cancellationToken);
        return body.Error is { } refusal
            ? refusal.ToProblem()
            : await requests.RunAsync(
                request,
                body.Value.ToBytes,
                () => ReplayAsync(request.Developer(), QueuedBatch.Read(body.Value.Value), cancellationToken),
                cancellationToken);
    }

    private async Task<IResult> ReplayAsync(long developer, QueuedBatch batch, CancellationToken cancellationToken)
    {
        var clientClock = ClientClock.Of(clock.GetInstant(), batch.ClientTime);
        if (clientClock.Error is { } implausible)
        {
            return implausible.ToProblem();
        }

        var results = new List<SessionBatchResult>();
        foreach (var piece in batch.Pieces)
        {
            var stored = piece.Queued.Error is { } wrong
                ? wrong
                : await replaySessions.ExecuteAsync(developer, piece.Queued.Value, clientClock.Value, cancellationToken);
            results.Add(SessionBatchResult.Of(results.Count, piece.ClientId, stored));
        }

        var count = results.Count(result => result.Code is null);
        return Reply.Json(new SessionBatchAnswer(results, count, count, results.Count - count), WorktimeJson.Default.SessionBatchAnswer);
    }
}
