using NodaTime;

namespace TraderHub.Core.Trading.Exchange;

/// <summary>A trader's account on one exchange of perpetuals, as that states it. Amounts are in its collateral, which is US dollars on the main one.</summary>
/// <param name="Dex">The exchange of perpetuals; <see cref="PerpDex.Main"/> is Hyperliquid's own.</param>
/// <param name="AccountValue">What the account is worth with its open positions.</param>
/// <param name="Withdrawable">What could be withdrawn now.</param>
/// <param name="MarginUsed">The margin that the open positions hold.</param>
/// <param name="Notional">The sum of the open positions' sizes at their mark prices.</param>
/// <param name="Positions">The open positions; those of size zero are left out.</param>
/// <param name="AsOf">When this was so.</param>
public sealed record PerpAccount(
    string Dex,
    decimal AccountValue,
    decimal Withdrawable,
    decimal MarginUsed,
    decimal Notional,
    IReadOnlyList<Position> Positions,
    Instant AsOf);

/// <summary>An open perpetual position.</summary>
/// <param name="Coin">The market, such as <c>BTC</c>.</param>
/// <param name="Size">In units of the coin; negative is short.</param>
/// <param name="EntryPrice">The average price at entry; null when the exchange gives none.</param>
/// <param name="Value">Size at the mark price.</param>
/// <param name="UnrealizedPnl">Profit or loss against the entry.</param>
/// <param name="ReturnOnEquity">Profit or loss as a share of the margin (1 = 100 %).</param>
/// <param name="LiquidationPrice">Where the position is liquidated; null when no price does that.</param>
/// <param name="MarginUsed">The margin the position holds.</param>
/// <param name="Leverage">The leverage that was chosen.</param>
/// <param name="LeverageType"><c>cross</c> or <c>isolated</c>.</param>
/// <param name="MaximumLeverage">The most leverage that its market allows; null when the exchange does not say.</param>
public sealed record Position(
    string Coin,
    decimal Size,
    decimal? EntryPrice,
    decimal Value,
    decimal UnrealizedPnl,
    decimal ReturnOnEquity,
    decimal? LiquidationPrice,
    decimal MarginUsed,
    decimal Leverage,
    string LeverageType,
    decimal? MaximumLeverage)
{
    /// <summary>The share of its value that it must keep as margin: half of what its most leverage needs; a sixteenth where that is not stated.</summary>
    public decimal MaintenanceShare => MaximumLeverage > 0 ? 1 / (2 * MaximumLeverage.Value) : 0.0625m;
}
