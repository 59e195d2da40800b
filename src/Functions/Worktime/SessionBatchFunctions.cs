using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>Takes what clients kept while they were offline.</summary>
public sealed class SessionBatchFunctions(ReplaySessions replaySessions, TimeProvider clock)
{
    /// <summary>
    /// Stores starts and ends of sessions that a client kept while it was offline, each by itself. They may come in any order and as often as they like: a
    /// `client_id` names one session.
    /// </summary>
    [Function(nameof(ReplaySessions))]
    [Access(Caller.Developer)]
    [Accepts<SessionBatchBody>]
    [Returns<SessionBatchAnswer>("What became of each piece.")]
    [Fails(StatusCodes.Status422UnprocessableEntity, "The client's clock is more than a year off.", "TIME_NOT_PLAUSIBLE")]
    public async Task<IResult> ReplaySessions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/time-sessions/batch")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadFieldsAsync(request, WorktimeJson.Default.SessionBatchBody, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var batch = QueuedBatch.Read(body.Value);
        if (batch.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var clientClock = ClientClock.Of(clock.GetInstant(), batch.Value.ClientTime);
        if (clientClock.Error is { } implausible)
        {
            return implausible.ToProblem();
        }

        var results = new List<SessionBatchResult>();
        foreach (var piece in batch.Value.Pieces)
        {
            var stored = piece.Queued.Error is { } wrong
                ? wrong
                : await replaySessions.ExecuteAsync(request.Developer(), piece.Queued.Value, clientClock.Value, cancellationToken);
            results.Add(stored.Match(
                done => new SessionBatchResult(
                    results.Count,
                    piece.ClientId,
                    done.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                    done.Session.Id,
                    SessionAnswer.Of(done.Session),
                    null,
                    null,
                    null),
                error => new SessionBatchResult(
                    results.Count,
                    piece.ClientId,
                    Problems.StatusOf(error.Kind),
                    null,
                    null,
                    error.Code,
                    error.Detail,
                    error.Fields.Count > 0 ? error.Fields : null)));
        }

        var count = results.Count(result => result.Code is null);
        return Reply.Json(new SessionBatchAnswer(results, count, count, results.Count - count), WorktimeJson.Default.SessionBatchAnswer);
    }
}
