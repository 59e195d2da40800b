using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Operations;
using TraderHub.Core.Signals.Telegram.Broadcasts;

namespace TraderHub.Functions.Signals;

/// <summary>The broadcasts' schedules, in UTC; New York's date decides whether the market is open. A missed run is left out: its signals would be of another time.</summary>
public sealed partial class BroadcastTimers(Broadcast broadcast, CronJob cronJob, ILogger<BroadcastTimers> logger)
{
    /// <summary>Before the open.</summary>
    [Function(nameof(BroadcastMorning))]
    public Task BroadcastMorning([TimerTrigger("0 0 9 * * 1-5")] TimerInfo timer, CancellationToken cancellationToken) =>
        RunAsync(nameof(BroadcastMorning), timer, cancellationToken);

    /// <summary>At the open.</summary>
    [Function(nameof(BroadcastOpen))]
    public Task BroadcastOpen([TimerTrigger("0 30 14 * * 1-5")] TimerInfo timer, CancellationToken cancellationToken) =>
        RunAsync(nameof(BroadcastOpen), timer, cancellationToken);

    /// <summary>At the close.</summary>
    [Function(nameof(BroadcastClose))]
    public Task BroadcastClose([TimerTrigger("0 0 21 * * 1-5")] TimerInfo timer, CancellationToken cancellationToken) =>
        RunAsync(nameof(BroadcastClose), timer, cancellationToken);

    /// <summary>In the evening of the trading day.</summary>
    [Function(nameof(BroadcastNight))]
    public Task BroadcastNight([TimerTrigger("0 0 1 * * 2-6")] TimerInfo timer, CancellationToken cancellationToken) =>
        RunAsync(nameof(BroadcastNight), timer, cancellationToken);

    private Task RunAsync(string name, TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        return timer.IsPastDue
            ? Task.CompletedTask
            : cronJob.RunAsync(name, (run, token) => RunAsync(name, run, token), cancellationToken);
    }

    private async Task RunAsync(string name, CronRun run, CancellationToken cancellationToken)
    {
        if (await broadcast.ExecuteAsync(name, run, cancellationToken) is { } reason)
        {
            LogSkipped(name, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Broadcast} sent nothing: {Reason}")]
    private partial void LogSkipped(string broadcast, string reason);
}
