using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Snapshots;

/// <summary>
/// Stores the open positions of every signed-in trader for the current half hour. A run that was killed is completed by the next one of the
/// same half hour, and running twice changes nothing (rule S1).
/// </summary>
public sealed class CaptureSnapshots(IExchange exchange, ISnapshotRepository snapshots, CronJob cronJob, TimeProvider clock)
{
    private const int AtOnce = 8;

    private static readonly Duration SlotLength = Duration.FromMinutes(30);

    /// <summary>Captures what the current half hour still lacks.</summary>
    public Task ExecuteAsync(CancellationToken cancellationToken) => cronJob.RunAsync(nameof(CaptureSnapshots), CaptureAsync, cancellationToken);

    private async Task CaptureAsync(CronRun run, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var slot = SlotOf(now);
        var due = await snapshots.ListDueAsync(slot, now, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, options, async (address, token) => await CaptureAsync(address, slot, run, token));
    }

    private async Task CaptureAsync(WalletAddress address, Instant slot, CronRun run, CancellationToken cancellationToken)
    {
        try
        {
            var account = await exchange.ReadPerpAccountAsync(address, PerpDex.Main, cancellationToken);
            if (account.Positions.Count == 0)
            {
                run.Skipped();
                return;
            }

            await snapshots.SaveAsync(new PositionSnapshot(address, slot, account), cancellationToken);
            run.Processed();
        }
        catch (UpstreamException exception)
        {
            // One trader's failure never stops the rest.
            await snapshots.SaveGapAsync(new SnapshotGap(address, slot, exception.Message), cancellationToken);
            run.Failed(exception.Message);
        }
    }

    private static Instant SlotOf(Instant now) =>
        Instant.FromUnixTimeTicks(now.ToUnixTimeTicks() - (now.ToUnixTimeTicks() % SlotLength.BclCompatibleTicks));
}
