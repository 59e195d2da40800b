namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>An open position.</summary>
/// <param name="Coin">The perpetual.</param>
/// <param name="Size">In units of the coin; negative is short.</param>
/// <param name="EntryPrice">The average price at entry.</param>
/// <param name="Leverage">The leverage that was chosen.</param>
/// <param name="IsIsolated">Whether its margin is its own.</param>
/// <param name="OpenedAt">When it was opened, or turned over.</param>
/// <param name="ChangedAt">When its size changed last.</param>
internal sealed record SimulatedPosition(
    string Coin, decimal Size, decimal EntryPrice, int Leverage, bool IsIsolated, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt)
{
    public PerpListing Listing => SimulatedListings.PerpOf(Coin);

    public decimal ValueAt(DateTimeOffset at) => Math.Abs(Size) * SimulatedMarket.PriceOf(Coin, at);

    public decimal ProfitAt(DateTimeOffset at) => Size * (SimulatedMarket.PriceOf(Coin, at) - EntryPrice);

    public decimal MarginAt(DateTimeOffset at) => IsIsolated ? (Math.Abs(Size) * EntryPrice / Leverage) + ProfitAt(at) : ValueAt(at) / Leverage;

    /// <summary>Half of the margin at the highest leverage.</summary>
    public decimal MaintenanceAt(DateTimeOffset at) => ValueAt(at) * MaintenanceShare;

    /// <summary>The price at which an equity that only this position moves reaches the maintenance margin; null when no price does that.</summary>
    /// <param name="equity">What stands behind the position.</param>
    /// <param name="others">The maintenance margin of the other positions that share the equity.</param>
    /// <param name="at">The moment whose price the equity is of.</param>
    public decimal? LiquidationPriceAt(decimal equity, decimal others, DateTimeOffset at)
    {
        var price = SimulatedMarket.PriceOf(Coin, at);
        var liquidation = ((Size * price) + others - equity) / (Size - (Math.Abs(Size) * MaintenanceShare));
        return liquidation > 0 ? liquidation : null;
    }

    private decimal MaintenanceShare => 0.5m / Listing.MaxLeverage;
}
