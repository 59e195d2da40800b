using TraderHub.Core.Platform;
using TraderHub.Core.Trading.CashFlows;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Core.Trading.Days;

/// <summary>Reads where a trader stands today. The first reading of a day closes the one before and stores its own start first (rule D1).</summary>
public sealed class ReadTradingDay(ReadDayBalance readBalance, CloseEndedDays closeEndedDays, ReadCashFlows cashFlows, ISettingsRepository settings)
{
    /// <summary>The trader's balance, in the day that it belongs to.</summary>
    /// <exception cref="UpstreamException">There is no balance (rule B1).</exception>
    public async Task<TradingDay> ExecuteAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var chosen = settings.GetAsync(address, cancellationToken);
        var balance = await readBalance.ExecuteAsync(address, cancellationToken);
        var day = await closeEndedDays.ExecuteAsync(balance, isInBackground: false, cancellationToken);
        return new(balance, day, await chosen);
    }

    /// <summary>The same, with what the day has brought so far.</summary>
    /// <exception cref="UpstreamException">There is no balance (rule B1).</exception>
    public async Task<TradingDay> ExecuteWithChangeAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var today = await ExecuteAsync(address, cancellationToken);
        if (today is not { Day: { } day, Balance.Total: { } total })
        {
            return today;
        }

        var flows = await cashFlows.ExecuteAsync(today.Balance, day.FlowsFrom, isInBackground: false, cancellationToken);
        return today with { Change = DayChange.Of(day, total, today.Balance.Parts.ReadAt, flows) };
    }
}
