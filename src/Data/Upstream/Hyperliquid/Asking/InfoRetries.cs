using System.Security.Cryptography;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>
/// Asks again after failures that may pass, after longer and longer pauses of random length. While a caller waits, a few times; in the background
/// for some minutes, which outages last, but once the upstream has been failing for longer, no question waits for it (rule U3).
/// </summary>
internal sealed class InfoRetries
{
    private const int RetriesInBackground = 7;

    private static readonly ResiliencePropertyKey<SharedCall> CallKey = new("call");

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan FirstPauseInBackground = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(10);

    private readonly InfoCircuit circuit;
    private readonly ResiliencePipeline forCallers;
    private readonly ResiliencePipeline inBackground;

    public InfoRetries(InfoCircuit circuit, HyperliquidOptions options, TimeProvider clock)
    {
        this.circuit = circuit;
        forCallers = inBackground = circuit.Pipeline;
        if (options.Retries > 0)
        {
            forCallers = new ResiliencePipelineBuilder { TimeProvider = clock }
                .AddRetry(Passing(options.Retries, FirstPause))
                .AddPipeline(circuit.Pipeline)
                .Build();
            inBackground = new ResiliencePipelineBuilder { TimeProvider = clock }
                .AddRetry(OpenCircuit())
                .AddRetry(Passing(RetriesInBackground, FirstPauseInBackground))
                .AddPipeline(circuit.Pipeline)
                .Build();
        }
    }

    /// <summary>Tries until there is an answer or no other try makes sense.</summary>
    public async Task<T> ExecuteAsync<T>(SharedCall call, Func<SharedCall, CancellationToken, Task<T>> tryOnce)
    {
        var context = ResilienceContextPool.Shared.Get(call.Token);
        context.Properties.Set(CallKey, call);
        try
        {
            var pipeline = call.Urgency.BeganUrgent ? forCallers : inBackground;
            return await pipeline.ExecuteAsync(async inside => await tryOnce(call, inside.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static RetryStrategyOptions Passing(int retries, TimeSpan firstPause) => new()
    {
        MaxRetryAttempts = retries,
        ShouldHandle = new PredicateBuilder().Handle<PassingFailureException>(),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(UpTo(firstPause * Math.Pow(2, arguments.AttemptNumber))),
        OnRetry = NoteAsync,
    };

    private RetryStrategyOptions OpenCircuit() => new()
    {
        MaxRetryAttempts = int.MaxValue,
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is BrokenCircuitException && circuit.Outage < LongestOutage),

        // A little later than the circuit allows, so that not all of them come at once.
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(
            ((arguments.Outcome.Exception as BrokenCircuitException)?.RetryAfter ?? TimeSpan.Zero) + FirstPause + UpTo(FirstPauseInBackground)),
        OnRetry = NoteAsync,
    };

    private static ValueTask NoteAsync(OnRetryArguments<object> arguments)
    {
        if (arguments.Context.Properties.TryGetValue(CallKey, out var call))
        {
            call.HasFailed = true;
        }

        return ValueTask.CompletedTask;
    }

    private static TimeSpan UpTo(TimeSpan pause)
    {
        var most = (int)Math.Min(pause.TotalMilliseconds, LongestPause.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most + 1));
    }
}
