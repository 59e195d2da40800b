using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Hosting;

/// <summary>Sees the runs of <see cref="ProbeTimers"/>, and says what they do.</summary>
public sealed class TimerProbe
{
    private readonly Channel<TimerInfo> started = Channel.CreateUnbounded<TimerInfo>();
    private int running;

    /// <summary>What each run does.</summary>
    public Func<CancellationToken, Task> Behaviour { get; set; } = _ => Task.CompletedTask;

    /// <summary>How many runs there were.</summary>
    public int Count { get; private set; }

    /// <summary>How many runs there were at once, at the most.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Waits for the next run to start.</summary>
    public Task<TimerInfo> NextRunAsync() => started.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Limit);

    public async Task RunAsync(TimerInfo timer, CancellationToken cancellationToken)
    {
        Count++;
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref running));
        started.Writer.TryWrite(timer);
        try
        {
            await Behaviour(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }
}

public sealed class ProbeTimers(TimerProbe probe)
{
    [Function(nameof(HalfHourly))]
    public Task HalfHourly([TimerTrigger("0 */30 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        probe.RunAsync(timer, cancellationToken);
}

public sealed class OtherTimers
{
    /// <summary>Completed when the other timer has run.</summary>
    public static TaskCompletionSource Ran { get; set; } = new();

    [Function(nameof(Quarterly))]
    public Task Quarterly([TimerTrigger("%Quarterly%")] TimerInfo timer)
    {
        Ran.TrySetResult();
        return Task.CompletedTask;
    }
}

public sealed class StartupTimers(TimerProbe probe)
{
    [Function(nameof(AtStart))]
    public Task AtStart([TimerTrigger("00:00:20", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        probe.RunAsync(timer, cancellationToken);
}
