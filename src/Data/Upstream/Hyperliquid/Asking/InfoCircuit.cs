using Polly;
using Polly.CircuitBreaker;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>Stops asking an upstream that keeps failing, and lets one question through from time to time to see whether it is back (rule U3).</summary>
internal sealed class InfoCircuit
{
    private const int FewestTries = 8;

    private const double FailedShare = 0.5;

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestBreak = TimeSpan.FromSeconds(30);

    private readonly CircuitBreakerStateProvider state = new();
    private readonly TimeProvider clock;
    private UpstreamException? lastFailure;
    private long? openedAt;

    public InfoCircuit(TimeProvider clock)
    {
        this.clock = clock;
        Pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                MinimumThroughput = FewestTries,
                FailureRatio = FailedShare,
                SamplingDuration = Watched,
                BreakDurationGenerator = arguments => ValueTask.FromResult(BreakAfter(arguments.HalfOpenAttempts)),
                ShouldHandle = arguments => ValueTask.FromResult(IsFailure(arguments.Outcome.Exception)),
                OnOpened = _ => NoteAsync(openedAt ?? clock.GetTimestamp()),
                OnClosed = _ => NoteAsync(null),
                StateProvider = state,
            })
            .Build();
    }

    /// <summary>What a try goes through.</summary>
    public ResiliencePipeline Pipeline { get; }

    /// <summary>For how long the upstream has been failing; zero while it is not.</summary>
    public TimeSpan Outage => openedAt is { } time ? clock.GetElapsedTime(time) : TimeSpan.Zero;

    /// <summary>What those get who may not ask now.</summary>
    public UpstreamException Refusal(BrokenCircuitException exception)
    {
        var failure = lastFailure?.Failure is UpstreamFailure.Failed or UpstreamFailure.BadAnswer ? UpstreamFailure.Failed : UpstreamFailure.Unreachable;
        var wait = exception.RetryAfter is { } time && time > TimeSpan.Zero ? $"for another {Math.Ceiling(time.TotalSeconds)} s" : "until another question shows that it is back";
        return new(HyperliquidInfo.Name, failure, $"is not asked {wait}, because it kept failing. Last: {lastFailure?.Message}", exception);
    }

    private bool IsFailure(Exception? exception)
    {
        // Refusing too many questions is not failing; the budget sees to that.
        if (exception is PassingFailureException { Failure: { Failure: not UpstreamFailure.RateLimited } failure })
        {
            lastFailure = failure;
            return true;
        }

        // The question that was let through to see has seen nothing.
        return state.CircuitState == CircuitState.HalfOpen
            && exception is OperationCanceledException or UpstreamException { Failure: UpstreamFailure.RateLimited };
    }

    private ValueTask NoteAsync(long? time)
    {
        openedAt = time;
        return ValueTask.CompletedTask;
    }

    private static TimeSpan BreakAfter(int failedLooks)
    {
        var length = FirstBreak * Math.Pow(2, Math.Min(failedLooks, 10));
        return length < LongestBreak ? length : LongestBreak;
    }
}
