using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Quotes;

/// <summary>
/// One place that prices come from: a few questions at once, each within its time, and none at all for a while after it kept failing (rule R7).
/// </summary>
internal sealed partial class QuoteUpstream : IDisposable
{
    private const int AtOnce = 4;

    private const int FewestTries = 4;

    private const int LargestAnswer = 8 * 1024 * 1024;

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Break = TimeSpan.FromSeconds(60);

    private readonly string name;
    private readonly HttpClient http;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly SemaphoreSlim places = new(AtOnce);
    private readonly ResiliencePipeline circuit;

    public QuoteUpstream(string name, HttpClient http, TimeProvider clock, ILogger logger)
    {
        this.name = name;
        this.http = http;
        this.clock = clock;
        this.logger = logger;
        circuit = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                MinimumThroughput = FewestTries,
                FailureRatio = 0.5,
                SamplingDuration = Watched,
                BreakDuration = Break,

                // A symbol that it does not know says nothing about the upstream.
                ShouldHandle = new PredicateBuilder().Handle<UpstreamException>(exception => exception.Failure != UpstreamFailure.BadAnswer),
            })
            .Build();
    }

    /// <summary>Asks for JSON and makes prices of it.</summary>
    /// <exception cref="UpstreamException">There is no usable answer.</exception>
    public async Task<T> AskAsync<T>(string about, Func<HttpRequestMessage> ask, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await circuit.ExecuteAsync(async token => await AskOnceAsync(ask, read, token), cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            throw new UpstreamException(name, UpstreamFailure.Unreachable, "is not asked for a minute, because it kept failing.", exception);
        }
        catch (UpstreamException exception)
        {
            LogFailure(name, about, exception.Failure, exception.Message, exception.InnerException);
            throw;
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>An answer without usable prices.</summary>
    public UpstreamException NoPrices(string about) => Fail(UpstreamFailure.BadAnswer, $"has no prices of {about}.");

    /// <inheritdoc />
    public void Dispose() => places.Dispose();

    private async Task<T> AskOnceAsync<T>(Func<HttpRequestMessage> ask, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(QuotesOptions.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = ask();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            RequireSuccess(response.StatusCode);
            await response.Content.LoadIntoBufferAsync(LargestAnswer, either.Token);
            using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(either.Token), default, either.Token);
            return read(document.RootElement);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fail(UpstreamFailure.Timeout, $"did not answer within {QuotesOptions.Timeout.TotalSeconds:0} s.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Fail(UpstreamFailure.Unreachable, "cannot be reached, or broke off its answer.", exception);
        }
        catch (JsonException exception)
        {
            throw Fail(UpstreamFailure.BadAnswer, "answered something that is not JSON.", exception);
        }
    }

    private void RequireSuccess(HttpStatusCode status)
    {
        if (status == HttpStatusCode.TooManyRequests)
        {
            throw Fail(UpstreamFailure.RateLimited, "refused: too many requests from this address.");
        }

        if (status != HttpStatusCode.OK)
        {
            throw Fail((int)status >= 500 ? UpstreamFailure.Failed : UpstreamFailure.BadAnswer, $"answered with status {(int)status}.");
        }
    }

    private UpstreamException Fail(UpstreamFailure failure, string detail, Exception? cause = null) => new(name, failure, detail, cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Upstream} gave no prices of {Symbol} ({Failure}): {Detail}")]
    private partial void LogFailure(string upstream, string symbol, UpstreamFailure failure, string detail, Exception? exception);
}
