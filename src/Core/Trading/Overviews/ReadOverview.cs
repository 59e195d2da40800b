using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Days;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Core.Trading.Overviews;

/// <summary>Reads everything that a trader sees first. The exchange may be down; the rest is answered all the same.</summary>
public sealed class ReadOverview(
    ReadTradingDay readTradingDay, ISettingsRepository settings, IDailyBalanceRepository days, IStreakRepository streaks, TimeProvider clock)
{
    /// <summary>A trader's overview.</summary>
    public async Task<Overview> ExecuteAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var today = await readTradingDay.ExecuteWithChangeAsync(address, cancellationToken);
            return new(today.Settings, await streaks.ReadAsync(address, cancellationToken), today.Day, today, Failure: null);
        }
        catch (UpstreamException exception)
        {
            // What is stored needs no exchange; that the balance is missing is said.
            var open = await days.FindOpenAsync(address, cancellationToken);
            return new(
                await settings.GetAsync(address, cancellationToken),
                await streaks.ReadAsync(address, cancellationToken),
                open is not null && clock.GetInstant() < open.EndsAt ? open : null,
                Today: null,
                exception.Message);
        }
    }
}
