using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream;

/// <summary>
/// A place that answers JSON to anybody who asks: a few questions at once, each within its time and size, and none at all for a while after it kept failing
/// (rule R7).
/// </summary>
internal sealed partial class JsonUpstream : IDisposable
{
    private const int AtOnce = 4;

    private const int FewestCalls = 4;

    private const int Retries = 3;

    private const int LargestAnswer = 8 * 1024 * 1024;

    /// <summary>How long one answer may take, to its last byte.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The first pause before asking again; each is twice as long as the one before.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Break = TimeSpan.FromSeconds(60);

    private readonly string name;
    private readonly HttpClient http;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly SemaphoreSlim places = new(AtOnce);
    private readonly ResiliencePipeline once;
    private readonly ResiliencePipeline repeatedly;

    public JsonUpstream(string name, HttpClient http, TimeProvider clock, ILogger logger)
    {
        this.name = name;
        this.http = http;
        this.clock = clock;
        this.logger = logger;
        once = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                MinimumThroughput = FewestCalls,
                FailureRatio = 0.5,
                SamplingDuration = Watched,
                BreakDuration = Break,

                // What it does not know, or answers unreadably, says nothing about whether it is there.
                ShouldHandle = new PredicateBuilder()
                    .Handle<PassingFailureException>()
                    .Handle<UpstreamException>(exception => exception.Failure != UpstreamFailure.BadAnswer),
            })
            .Build();

        // The circuit is outside: a call counts once, however often it was tried, so that one bad symbol does not cut off the others.
        repeatedly = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddPipeline(once)
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = FirstPause,
                ShouldHandle = new PredicateBuilder().Handle<PassingFailureException>(),
            })
            .Build();
    }

    /// <summary>Asks for JSON and makes something of it.</summary>
    /// <param name="what">What is asked for, for the log.</param>
    /// <param name="address">Where.</param>
    /// <param name="retries">Whether failures that may pass are tried again, after 1, 2 and 4 seconds.</param>
    /// <param name="read">Makes something of the answer.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="UpstreamException">There is no usable answer.</exception>
    public async Task<T> AskAsync<T>(string what, Uri address, bool retries, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await (retries ? repeatedly : once).ExecuteAsync(async token => await AskOnceAsync(address, read, token), cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            throw new UpstreamException(name, UpstreamFailure.Unreachable, "is not asked for a minute, because it kept failing.", exception);
        }
        catch (PassingFailureException exception)
        {
            throw Log(what, exception.Failure);
        }
        catch (UpstreamException exception)
        {
            Log(what, exception);
            throw;
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>An answer that is not usable.</summary>
    public UpstreamException BadAnswer(string detail, Exception? cause = null) => Fail(UpstreamFailure.BadAnswer, detail, cause);

    /// <inheritdoc />
    public void Dispose() => places.Dispose();

    private async Task<T> AskOnceAsync<T>(Uri address, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("TraderHub", null));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            RequireSuccess(response.StatusCode);
            await response.Content.LoadIntoBufferAsync(LargestAnswer, either.Token);
            using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(either.Token), default, either.Token);
            return read(document.RootElement);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Not tried again: whoever asks has waited long enough.
            throw Fail(UpstreamFailure.Timeout, $"did not answer within {Timeout.TotalSeconds:0} s.", exception);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw BadAnswer("answered more than is read of it.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Passing(UpstreamFailure.Unreachable, "cannot be reached, or broke off its answer.", exception);
        }
        catch (JsonException exception)
        {
            throw BadAnswer("answered something that is not JSON.", exception);
        }
        catch (InvalidOperationException exception)
        {
            // JSON may spell texts that are no Unicode; that is found when they are read.
            throw BadAnswer("answered text that is no Unicode.", exception);
        }
    }

    private void RequireSuccess(HttpStatusCode status)
    {
        var detail = $"answered with status {(int)status}.";
        switch (status)
        {
            case HttpStatusCode.OK:
                return;
            case HttpStatusCode.TooManyRequests:
                throw Passing(UpstreamFailure.RateLimited, "refused: too many requests from this address.");
            case HttpStatusCode.RequestTimeout:
                throw Passing(UpstreamFailure.Timeout, detail);
            case HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                throw Passing(UpstreamFailure.Failed, detail);
            default:
                throw Fail((int)status >= 500 ? UpstreamFailure.Failed : UpstreamFailure.BadAnswer, detail);
        }
    }

    private UpstreamException Log(string what, UpstreamException exception)
    {
        LogFailure(name, what, exception.Failure, exception.Message, exception.InnerException);
        return exception;
    }

    private PassingFailureException Passing(UpstreamFailure failure, string detail, Exception? cause = null) => new(Fail(failure, detail, cause));

    private UpstreamException Fail(UpstreamFailure failure, string detail, Exception? cause = null) => new(name, failure, detail, cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Upstream} gave no {What} ({Failure}): {Detail}")]
    private partial void LogFailure(string upstream, string what, UpstreamFailure failure, string detail, Exception? exception);
}
