using NodaTime;

namespace TraderHub.Web.Home;

/// <summary>A balance, in US dollars. What is not known is null, never zero (rule W4).</summary>
/// <param name="Total">What the trader trades with; null when a part of it is not known.</param>
/// <param name="NetWorth">The same with what is staked and what lies in vaults; null when a part of it is not known.</param>
/// <param name="Missing">The parts that could not be read, by name.</param>
/// <param name="Unpriced">The coins that nobody prices, which are counted nowhere.</param>
/// <param name="Spendable">What new positions can use; null when that is not known.</param>
/// <param name="Withdrawable">What could be taken out now; null when that is not known.</param>
/// <param name="UnrealizedPnl">What the open positions have gained or lost so far; null when that is not known.</param>
/// <param name="Parts">What it is made of.</param>
/// <param name="Positions">The open positions.</param>
/// <param name="Hint">What the trader of an empty account may do; null when there is nothing to say.</param>
public sealed record BalanceView(
    decimal? Total,
    decimal? NetWorth,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unpriced,
    decimal? Spendable,
    decimal? Withdrawable,
    decimal? UnrealizedPnl,
    IReadOnlyList<BalancePart> Parts,
    IReadOnlyList<PositionView> Positions,
    string? Hint)
{
    /// <summary>The parts that were read, and whose worth is not known because nobody prices what they are kept in.</summary>
    public IReadOnlyList<string> Unvalued { get; init; } = [];

    /// <summary>Whether there is nothing at all, and that is known.</summary>
    public bool IsEmpty => Total == 0 && Missing.Count == 0 && Unpriced.Count == 0 && Positions.Count == 0 && Parts.All(part => part.Value == 0);
}

/// <summary>A part of a balance.</summary>
/// <param name="Name">What it is called, such as <c>Perpetuals</c>.</param>
/// <param name="Value">What it is worth in US dollars; null when that is not known.</param>
/// <param name="Detail">What it consists of; null when the name says it.</param>
/// <param name="AsOf">When this was so; null when it could not be read.</param>
/// <param name="IsInTotal">Whether the total counts it.</param>
public sealed record BalancePart(string Name, decimal? Value, string? Detail, Instant? AsOf, bool IsInTotal)
{
    /// <summary>Whether there is something whose price nobody states, and nothing else.</summary>
    public bool HasNoPrice { get; init; }

    /// <summary>Whether it could not be read.</summary>
    public bool IsMissing => AsOf is null;
}

/// <summary>An open position.</summary>
/// <param name="Coin">The market.</param>
/// <param name="Size">In units of the coin; negative is short.</param>
/// <param name="EntryPrice">The average price at entry; null when the exchange gives none.</param>
/// <param name="Value">What it is worth at the mark price.</param>
/// <param name="Pnl">Profit or loss against the entry.</param>
/// <param name="ReturnPercent">The same in percent of the margin.</param>
/// <param name="LiquidationPrice">Where it is liquidated; null when no price does that.</param>
/// <param name="Margin">The margin it holds.</param>
/// <param name="Leverage">The leverage that was chosen.</param>
/// <param name="LeverageType"><c>cross</c> or <c>isolated</c>.</param>
public sealed record PositionView(
    string Coin,
    decimal Size,
    decimal? EntryPrice,
    decimal Value,
    decimal Pnl,
    decimal ReturnPercent,
    decimal? LiquidationPrice,
    decimal Margin,
    decimal Leverage,
    string LeverageType)
{
    /// <summary>Whether it gains when the price rises.</summary>
    public bool IsLong => Size > 0;

    /// <summary>The mark price.</summary>
    public decimal MarkPrice => Value / Math.Abs(Size);
}
