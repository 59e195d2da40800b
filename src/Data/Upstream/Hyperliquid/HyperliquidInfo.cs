using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>
/// One question to Hyperliquid's info API: a usable answer, or an <see cref="UpstreamException"/> that says what happened instead. No answer is
/// ever taken for an empty one (rule U1).
/// </summary>
internal sealed partial class HyperliquidInfo(HttpClient http, HyperliquidOptions options, TimeProvider clock, ILogger<HyperliquidInfo> logger)
{
    /// <summary>The name that callers see.</summary>
    public const string Name = "Hyperliquid";

    private const int LargestAnswer = 16 * 1024 * 1024;

    private readonly Uri address = new($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/info");

    /// <summary>Asks, and makes of the answer what the caller needs.</summary>
    public async Task<TResult> AskAsync<TAnswer, TResult>(
        InfoRequest request, JsonTypeInfo<TAnswer> answerType, Func<TAnswer, TResult> read, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var question = new HttpRequestMessage(HttpMethod.Post, address) { Content = ContentOf(request) };
            using var response = await http.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return read(await ReadAsync(response, answerType, either.Token));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(request, UpstreamFailure.Timeout, $"did not answer within {options.Timeout.TotalSeconds:0} s.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Failed(request, UpstreamFailure.Unreachable, "cannot be reached.", exception);
        }
        catch (JsonException exception)
        {
            throw Failed(request, UpstreamFailure.BadAnswer, "answered something that is not the documented JSON.", exception);
        }
        catch (UpstreamException exception)
        {
            LogFailure(request.Type, exception.Failure, exception.Message, exception.InnerException);
            throw;
        }
    }

    /// <summary>An answer that can be read but lacks what it must have.</summary>
    public static UpstreamException Incomplete(string field) => new(Name, UpstreamFailure.BadAnswer, $"answered without the field '{field}'.");

    /// <summary>Whole, with its length: not every proxy between here and there takes a chunked body.</summary>
    private static ByteArrayContent ContentOf(InfoRequest request) => new(JsonSerializer.SerializeToUtf8Bytes(request, HyperliquidJson.Default.InfoRequest))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> answerType, CancellationToken cancellationToken)
        where T : class
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            throw new UpstreamException(Name, UpstreamFailure.RateLimited, "refused: too many requests from this address.");
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new UpstreamException(Name, status >= 500 ? UpstreamFailure.Failed : UpstreamFailure.BadAnswer, $"answered with status {status}.");
        }

        if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            throw new UpstreamException(Name, UpstreamFailure.BadAnswer, "answered something that is not JSON.");
        }

        await ReceiveAsync(response.Content, cancellationToken);
        return await response.Content.ReadFromJsonAsync(answerType, cancellationToken)
            ?? throw new UpstreamException(Name, UpstreamFailure.BadAnswer, "answered null.");
    }

    private static async Task ReceiveAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new UpstreamException(Name, UpstreamFailure.BadAnswer, "broke off its answer, or did not end it.", exception);
        }
    }

    private UpstreamException Failed(InfoRequest request, UpstreamFailure failure, string detail, Exception cause)
    {
        var exception = new UpstreamException(Name, failure, detail, cause);
        LogFailure(request.Type, failure, exception.Message, cause);
        return exception;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Upstream request {Request} failed ({Failure}): {Detail}")]
    private partial void LogFailure(string request, UpstreamFailure failure, string detail, Exception? exception);
}
