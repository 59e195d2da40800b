using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Days;
using TraderHub.Core.Trading.Traders;

namespace TraderHub.Core.Trading.Snapshots;

/// <summary>
/// Looks at every active trader's account once each half hour: closes the day that has ended, and stores the open positions. A run that was killed is
/// completed by the next one of the same half hour, and running twice changes nothing (rule S1).
/// </summary>
public sealed class CaptureSnapshots(
    ReadDayBalance readBalance, CloseEndedDays closeEndedDays, ISnapshotRepository snapshots, CronJob cronJob, TimeProvider clock)
{
    /// <summary>Captures what the current half hour still lacks.</summary>
    public Task ExecuteAsync(CancellationToken cancellationToken) => cronJob.RunAsync(nameof(CaptureSnapshots), CaptureAsync, cancellationToken);

    private async Task CaptureAsync(CronRun run, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var slot = PositionSnapshot.SlotOf(now);
        var due = await snapshots.ListDueAsync(slot, ActiveTraders.Since(now), cancellationToken);
        await ActiveTraders.ForEachAsync(due, (address, token) => CaptureAsync(address, slot, run, token), cancellationToken);
    }

    private async Task CaptureAsync(WalletAddress address, Instant slot, CronRun run, CancellationToken cancellationToken)
    {
        try
        {
            var balance = await readBalance.ExecuteInBackgroundAsync(address, cancellationToken);
            await closeEndedDays.ExecuteAsync(balance, isInBackground: true, cancellationToken);
            await SaveAsync(balance, slot, run, cancellationToken);
        }
        catch (UpstreamException exception)
        {
            // One trader's failure never stops the rest.
            await snapshots.SaveGapAsync(new SnapshotGap(address, slot, exception.Message), cancellationToken);
            run.Failed(exception.Message);
        }
    }

    private async Task SaveAsync(Balance balance, Instant slot, CronRun run, CancellationToken cancellationToken)
    {
        var address = balance.Parts.Address;
        var readIn = PositionSnapshot.SlotOf(balance.Parts.ReadAt);
        if (readIn != slot)
        {
            // With more traders than half an hour's budget serves, some are read in the next one: that is where the figures belong.
            await snapshots.SaveGapAsync(new SnapshotGap(address, slot, "The half hour ended before this trader's turn."), cancellationToken);
        }

        if (balance.Positions.Any())
        {
            await snapshots.SaveAsync(new PositionSnapshot(readIn, balance), cancellationToken);
            run.Processed();
        }
        else
        {
            await snapshots.SaveNothingAsync(address, readIn, cancellationToken);
            run.Skipped();
        }
    }
}
