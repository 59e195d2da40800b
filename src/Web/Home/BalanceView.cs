using NodaTime;

namespace TraderHub.Web.Home;

/// <summary>A balance, in US dollars. What is not known is null, never zero (rule W4).</summary>
/// <param name="Total">All of it that is known.</param>
/// <param name="NotInTotal">What the total leaves out, by name; empty when it is whole.</param>
/// <param name="Spendable">What new positions can use; null when that is not known.</param>
/// <param name="Withdrawable">What could be taken out now; null when that is not known.</param>
/// <param name="Parts">What it is made of.</param>
/// <param name="Positions">The open positions.</param>
public sealed record BalanceView(
    decimal Total,
    IReadOnlyList<string> NotInTotal,
    decimal? Spendable,
    decimal? Withdrawable,
    IReadOnlyList<BalancePart> Parts,
    IReadOnlyList<PositionView> Positions)
{
    /// <summary>Whether there is nothing at all, and that is known.</summary>
    public bool IsEmpty => Total == 0 && NotInTotal.Count == 0 && Positions.Count == 0;

    /// <summary>What the open positions have gained or lost so far.</summary>
    public decimal UnrealizedPnl => Positions.Sum(position => position.Pnl);
}

/// <summary>A part of a balance.</summary>
/// <param name="Name">What it is called, such as <c>Perpetuals</c>.</param>
/// <param name="Value">What it is worth in US dollars; null when that is not known.</param>
/// <param name="Detail">What it consists of; null when the name says it.</param>
/// <param name="AsOf">When this was so; null when it could not be read.</param>
public sealed record BalancePart(string Name, decimal? Value, string? Detail, Instant? AsOf)
{
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
