using Microsoft.Azure.Functions.Worker;

namespace TraderHub.Functions.Trading;

/// <summary>The trading module's schedules, in UTC. A missed run is caught up with at start.</summary>
public sealed class TradingTimers(
    Core.Trading.Snapshots.CaptureSnapshots captureSnapshots, Core.Trading.Days.DailyReset dailyReset, Core.Operations.CleanupOldData cleanupOldData)
{
    /// <summary>Every half hour: positions, and the days that have ended.</summary>
    [Function(nameof(CaptureSnapshots))]
    public Task CaptureSnapshots([TimerTrigger("0 */30 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        captureSnapshots.ExecuteAsync(cancellationToken);

    /// <summary>Sundays at three: what is older than it needs to be.</summary>
    [Function(nameof(CleanupOldData))]
    public Task CleanupOldData([TimerTrigger("0 0 3 * * 0")] TimerInfo timer, CancellationToken cancellationToken) =>
        cleanupOldData.ExecuteAsync(cancellationToken);

    /// <summary>Midnight UTC: the days that have ended.</summary>
    [Function(nameof(DailyReset))]
    public Task DailyReset([TimerTrigger("0 0 0 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        dailyReset.ExecuteAsync(cancellationToken);
}
