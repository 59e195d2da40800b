using TraderHub.Core.Operations;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Traders;

namespace TraderHub.Core.Trading.Days;

/// <summary>
/// Closes and opens the days of every active trader whose day has ended. Midnight is each trader's own: what this run finds at 00:00 UTC are the days
/// that end then, and any that the half-hourly run could not close (rule D2).
/// </summary>
public sealed class DailyReset(ReadDayBalance readBalance, CloseEndedDays closeEndedDays, IDailyBalanceRepository days, CronJob cronJob, TimeProvider clock)
{
    /// <summary>Closes what has ended. A run that was killed is completed by the next, and running twice changes nothing.</summary>
    public Task ExecuteAsync(CancellationToken cancellationToken) => cronJob.RunAsync(nameof(DailyReset), CloseAsync, cancellationToken);

    private async Task CloseAsync(CronRun run, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var due = await days.ListDueAsync(ActiveTraders.Since(now), now, cancellationToken);
        await ActiveTraders.ForEachAsync(due, (address, token) => CloseAsync(address, run, token), cancellationToken);
    }

    private async Task CloseAsync(WalletAddress address, CronRun run, CancellationToken cancellationToken)
    {
        // The half-hourly run begins at the same moment; what it has closed meanwhile needs no second look.
        if (await days.FindOpenAsync(address, cancellationToken) is { } open && clock.GetInstant() < open.EndsAt)
        {
            run.Skipped();
            return;
        }

        try
        {
            var balance = await readBalance.ExecuteInBackgroundAsync(address, cancellationToken);
            if (await closeEndedDays.ExecuteAsync(balance, isInBackground: true, cancellationToken) is null)
            {
                run.Failed($"The total is unknown; missing: {string.Join(", ", balance.Missing)}.");
                return;
            }

            run.Processed();
        }
        catch (UpstreamException exception)
        {
            // One trader's failure never stops the rest; the half-hourly run tries again.
            run.Failed(exception.Message);
        }
    }
}
