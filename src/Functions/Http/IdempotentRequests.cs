using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
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
    private const string KeyHeader = "Idempotency-Key";

    private const string ReplayedHeader = "Idempotency-Replayed";

    private const int LongestKey = 255;

    private readonly IdempotencyKeys keys = new(database, clock);

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
        if (!request.Headers.TryGetValue(KeyHeader, out var header))
        {
            return await work();
        }

        var text = header.ToString();
        if (text.Length is 0 or > LongestKey || !text.All(character => character is > ' ' and <= '~'))
        {
            return new Error(
                ErrorKind.Invalid, "IDEMPOTENCY_KEY_NOT_VALID", $"The header '{KeyHeader}' must have 1 to {LongestKey} visible ASCII characters.").ToProblem();
        }

        var key = new RequestKey(request.Identity().Name, request.Method, request.Path.Value!, text);
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(body().Span));
        return await database.InTransactionAsync(() => RunAsync(key, bodyHash, request.HttpContext, work, cancellationToken), cancellationToken);
    }

    private async Task<IResult> RunAsync(RequestKey key, string bodyHash, HttpContext http, Func<Task<IResult>> work, CancellationToken cancellationToken)
    {
        if (await keys.TakeAsync(key, bodyHash, cancellationToken) is { } seen)
        {
            return seen.BodyHash == bodyHash
                ? new KeptResult(seen.Answer, IsReplay: true)
                : new Error(
                    ErrorKind.Conflict,
                    "IDEMPOTENCY_KEY_REUSED",
                    $"This '{KeyHeader}' was used for another body in the last 24 hours. Use a new key for a new request.").ToProblem();
        }

        var answer = await CaptureAsync(await work(), http);
        await keys.KeepAsync(key, answer, cancellationToken);
        return new KeptResult(answer, IsReplay: false);
    }

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
                response.Headers[ReplayedHeader] = "true";
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
