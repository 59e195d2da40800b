using System.Text;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Idempotency;

namespace TraderHub.Functions.Http;

/// <summary>
/// Answers a request that is sent again under the same <c>Idempotency-Key</c> as the first time, without doing it again (rule H2). The answer is kept in the
/// transaction of the work, so that no crash comes between the two.
/// </summary>
public sealed class IdempotentRequests(ModuleDatabase database, TimeProvider clock)
{
    private readonly IdempotencyKeys keys = new(database, clock);
    private readonly KeyTurns turns = new();

    /// <summary>Does the work of a request, or answers as before. What the work writes on this database is one transaction with the kept answer.</summary>
    /// <param name="request">The request, its body read.</param>
    /// <param name="body">The body's bytes.</param>
    /// <param name="work">What the request asks for.</param>
    /// <param name="cancellationToken">Ends it; nothing is then done or kept.</param>
    public Task<IResult> RunAsync(HttpRequest request, ReadOnlyMemory<byte> body, Func<Task<IResult>> work, CancellationToken cancellationToken) =>
        RunAsync(request, () => body, work, cancellationToken);

    /// <summary>The same for bytes that are made only where a key asks for them.</summary>
    public async Task<IResult> RunAsync(HttpRequest request, Func<ReadOnlyMemory<byte>> body, Func<Task<IResult>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(work);
        var key = IdempotencyKey.Read(request);
        if (key.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        if (key.Value is not { } known)
        {
            return await work();
        }

        var bodyHash = IdempotencyKey.HashOf(body().Span);
        return await database.InTransactionAsync(() => RunAsync(known, bodyHash, request.HttpContext, work, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// The same for work that is more than a transaction of this database: a write through the migration engine, or something that goes on afterwards. Its answer
    /// is kept once the work is acknowledged, a refusal never. When that did not come to pass, the operation that the key names keeps the work from being done twice.
    /// Here one request of a key works at a time, and the others wait for its answer; of several instances the answer that was kept first is everybody's.
    /// </summary>
    /// <param name="request">The request, its body read.</param>
    /// <param name="body">What is asked for, in bytes.</param>
    /// <param name="work">The work, given the name of its operation.</param>
    /// <param name="cancellationToken">Ends it; the work may have been done.</param>
    public async Task<IResult> RunAcknowledgedAsync(
        HttpRequest request, ReadOnlyMemory<byte> body, Func<OperationId, Task<IResult>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(work);
        var key = IdempotencyKey.Read(request);
        if (key.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var operation = IdempotencyKey.OperationOf(key.Value);
        if (key.Value is not { } known)
        {
            return await work(operation);
        }

        var bodyHash = IdempotencyKey.HashOf(body.Span);
        using var turn = await turns.TakeAsync(known, cancellationToken);
        if ((turn.Seen ?? await TryFindAsync(known, cancellationToken)) is { } before)
        {
            return Replay(before, bodyHash);
        }

        var answer = await CaptureAsync(await work(operation), request.HttpContext);
        var isAcknowledged = answer.Status < StatusCodes.Status400BadRequest;
        var elsewhere = isAcknowledged ? await TryKeepAsync(known, bodyHash, answer) : await TryFindAsync(known, cancellationToken);
        turn.Seen = elsewhere ?? (isAcknowledged ? new(bodyHash, answer) : null);
        return elsewhere is null ? new KeptResult(answer, IsReplay: false) : Replay(elsewhere, bodyHash);
    }

    /// <summary>The engine works while this database does not answer; the operation's name is then all that keeps it from being done twice.</summary>
    private async Task<SeenRequest?> TryFindAsync(RequestKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await keys.FindAsync(key, cancellationToken);
        }
        catch (StorageException)
        {
            return null;
        }
    }

    /// <summary>Keeps the answer to what was done, also when its caller has gone meanwhile; what another instance kept before is returned instead.</summary>
    private async Task<SeenRequest?> TryKeepAsync(RequestKey key, string bodyHash, KeptAnswer answer)
    {
        try
        {
            return await database.InTransactionAsync(
                async () =>
                {
                    var seen = await keys.TakeAsync(key, bodyHash, CancellationToken.None);
                    if (seen is null)
                    {
                        await keys.KeepAsync(key, answer, CancellationToken.None);
                    }

                    return seen;
                },
                CancellationToken.None);
        }
        catch (StorageException)
        {
            // The work is done and acknowledged, and is not done again.
            return null;
        }
    }

    private async Task<IResult> RunAsync(RequestKey key, string bodyHash, HttpContext http, Func<Task<IResult>> work, CancellationToken cancellationToken)
    {
        if (await keys.TakeAsync(key, bodyHash, cancellationToken) is { } seen)
        {
            return Replay(seen, bodyHash);
        }

        var answer = await CaptureAsync(await work(), http);
        await keys.KeepAsync(key, answer, cancellationToken);
        return new KeptResult(answer, IsReplay: false);
    }

    private static IResult Replay(SeenRequest seen, string bodyHash) =>
        seen.BodyHash == bodyHash ? new KeptResult(seen.Answer, IsReplay: true) : IdempotencyKey.Reused.ToProblem();

    /// <summary>
    /// What a result would send to a caller who takes no compressed forms: in which form it is sent is decided each time anew. It is sent after the transaction
    /// has been committed, never before.
    /// </summary>
    private static async Task<KeptAnswer> CaptureAsync(IResult result, HttpContext http)
    {
        var response = http.Response;
        var (original, vary, accepted) = (response.Body, response.Headers.Vary, http.Request.Headers.AcceptEncoding);
        using var buffer = new MemoryStream();
        response.Body = buffer;
        http.Request.Headers.AcceptEncoding = default;
        try
        {
            await result.ExecuteAsync(http);
            var answer = new KeptAnswer(
                response.StatusCode, response.ContentType, response.Headers.Location.FirstOrDefault(), Encoding.UTF8.GetString(buffer.ToArray()));
            return answer.Status < StatusCodes.Status500InternalServerError
                ? answer
                : throw new InvalidOperationException("A failure is thrown, not returned: it must not be kept as the answer.");
        }
        finally
        {
            response.Body = original;
            response.ContentLength = null;
            response.Headers.Location = default;
            response.Headers.Vary = vary;
            http.Request.Headers.AcceptEncoding = accepted;
        }
    }

    private sealed record KeptResult(KeptAnswer Answer, bool IsReplay) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.Headers.Location = Answer.Location;
            if (IsReplay)
            {
                response.Headers[IdempotencyKey.ReplayedHeader] = "true";
            }

            if (Answer.Body.Length == 0)
            {
                response.StatusCode = Answer.Status;
                response.ContentType = Answer.ContentType;
                return Task.CompletedTask;
            }

            return Reply.Bytes(Encoding.UTF8.GetBytes(Answer.Body), Answer.ContentType ?? string.Empty, Answer.Status).ExecuteAsync(httpContext);
        }
    }
}
