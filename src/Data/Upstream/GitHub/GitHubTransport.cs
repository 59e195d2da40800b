using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.GitHub;

/// <summary>
/// Asks GitHub once: a code is good for one try. What went wrong is logged without the question and the answer, which are secrets both.
/// </summary>
internal sealed partial class GitHubTransport(HttpClient http, TimeProvider clock, ILogger<GitHubTransport> logger)
{
    private const string Name = "GitHub";

    private const int LargestAnswer = 1024 * 1024;

    /// <summary>Asks for a JSON object and makes something of it.</summary>
    /// <param name="about">What is asked for, for the log.</param>
    /// <param name="ask">Makes the request.</param>
    /// <param name="read">Makes something of a status and the object.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="UpstreamException">There is no usable answer.</exception>
    public async Task<T> AskAsync<T>(
        string about, Func<HttpRequestMessage> ask, Func<HttpStatusCode, JsonElement, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await AskOnceAsync(ask, read, cancellationToken);
        }
        catch (UpstreamException exception)
        {
            LogFailure(about, exception.Failure, exception.Message, exception.InnerException);
            throw;
        }
    }

    /// <summary>An answer that is not what the documentation says.</summary>
    public static UpstreamException NotAsDocumented(string what) => Fail(UpstreamFailure.BadAnswer, $"answered {what}.");

    /// <summary>An answer of a status that says nothing usable.</summary>
    public static UpstreamException OfStatus(HttpStatusCode status) =>
        Fail((int)status >= 500 ? UpstreamFailure.Failed : UpstreamFailure.BadAnswer, $"answered with status {(int)status}.");

    private async Task<T> AskOnceAsync<T>(Func<HttpRequestMessage> ask, Func<HttpStatusCode, JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(GitHubOptions.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = ask();
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("TraderHub", null));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (IsRateLimit(response))
            {
                throw Fail(UpstreamFailure.RateLimited, "refused: too many requests from this address.");
            }

            if ((int)response.StatusCode >= 500)
            {
                throw OfStatus(response.StatusCode);
            }

            await response.Content.LoadIntoBufferAsync(LargestAnswer, either.Token);
            using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(either.Token), default, either.Token);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(response.StatusCode, document.RootElement)
                : throw NotAsDocumented("something that is not a JSON object");
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fail(UpstreamFailure.Timeout, $"did not answer within {GitHubOptions.Timeout.TotalSeconds:0} s.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Fail(UpstreamFailure.Unreachable, "cannot be reached, or broke off its answer.", exception);
        }
        catch (JsonException)
        {
            // Without the cause: the parser's message may quote the answer.
            throw NotAsDocumented("something that is not JSON");
        }
    }

    private static bool IsRateLimit(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.TooManyRequests
        || (response.StatusCode == HttpStatusCode.Forbidden
            && (response.Headers.RetryAfter is not null
                || (response.Headers.TryGetValues("X-RateLimit-Remaining", out var left) && left.Contains("0"))));

    private static UpstreamException Fail(UpstreamFailure failure, string detail, Exception? cause = null) => new(Name, failure, detail, cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub gave no {What} ({Failure}): {Detail}")]
    private partial void LogFailure(string what, UpstreamFailure failure, string detail, Exception? exception);
}
