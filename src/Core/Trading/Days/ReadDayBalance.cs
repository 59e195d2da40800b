using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.CashFlows;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Days;

/// <summary>
/// Reads a balance that a day can be measured by. Where a trader has perpetuals is remembered, and money that moved to an exchange where there was nothing would look
/// lost; so all of them are looked at again when a day has ended, and when the ledger names one of them (rule B6).
/// </summary>
public sealed class ReadDayBalance(ReadBalance readBalance, ReadCashFlows cashFlows, IDailyBalanceRepository days)
{
    /// <summary>By how much the exchange's clock may be ahead.</summary>
    private static readonly Duration Ahead = Duration.FromMinutes(1);

    /// <summary>The whole balance, for somebody who waits for it.</summary>
    /// <exception cref="UpstreamException">There is no balance (rule B1).</exception>
    public Task<Balance> ExecuteAsync(WalletAddress address, CancellationToken cancellationToken) =>
        ReadAsync(address, readBalance.ExecuteAsync, isInBackground: false, cancellationToken);

    /// <summary>Perpetuals and spot, for timers.</summary>
    /// <exception cref="UpstreamException">There is no balance (rule B1).</exception>
    public Task<Balance> ExecuteInBackgroundAsync(WalletAddress address, CancellationToken cancellationToken) =>
        ReadAsync(address, readBalance.ExecuteInBackgroundAsync, isInBackground: true, cancellationToken);

    private async Task<Balance> ReadAsync(
        WalletAddress address, Func<WalletAddress, CancellationToken, Task<Balance>> readAsync, bool isInBackground, CancellationToken cancellationToken)
    {
        var balance = await readAsync(address, cancellationToken);
        if (!await MayLackADexAsync(balance, isInBackground, cancellationToken))
        {
            return balance;
        }

        await readBalance.ForgetDexesAsync(address, cancellationToken);
        return await readAsync(address, cancellationToken);
    }

    private async Task<bool> MayLackADexAsync(Balance balance, bool isInBackground, CancellationToken cancellationToken)
    {
        var parts = balance.Parts;
        var isOnAllDexes = parts.Dexes.Count > 0 && parts.Dexes.All(dex => dex.Name == PerpDex.Main || parts.UsedDexes.Contains(dex.Name));
        if (isOnAllDexes || await days.FindOpenAsync(parts.Address, cancellationToken) is not { } open)
        {
            return false;
        }

        var hasEnded = open.EndsAt <= parts.ReadAt;
        if (hasEnded && parts.DexesReadAt < open.EndsAt)
        {
            return true;
        }

        // A timer needs the ledger for what it closes alone.
        return (hasEnded || !isInBackground)
            && (await cashFlows.ExecuteAsync(balance, open.FlowsFrom, isInBackground, cancellationToken)).Dexes
                .Any(moved => !parts.UsedDexes.Contains(moved.Key) && parts.DexesReadAt - moved.Value < Ahead);
    }
}
