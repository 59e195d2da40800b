using Microsoft.Azure.Functions.Worker;

namespace TraderHub.Functions.Trading;

/// <summary>The trading module's schedules, in UTC.</summary>
public sealed class TradingTimers(Core.Trading.Snapshots.CaptureSnapshots captureSnapshots)
{
    /// <summary>Every half hour; a missed run is caught up with at start.</summary>
    [Function(nameof(CaptureSnapshots))]
    public Task CaptureSnapshots([TimerTrigger("0 */30 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        captureSnapshots.ExecuteAsync(cancellationToken);
}
