namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>What a fill does to a position.</summary>
internal static class SimulatedFillMath
{
    /// <summary>The position after a fill, and the profit of what the fill closed, to six decimals.</summary>
    public static (SimulatedPosition Position, decimal ClosedPnl) Apply(SimulatedPosition before, decimal size, decimal price, DateTimeOffset time)
    {
        var after = before.Size + size;
        if (before.Size == 0 || Math.Sign(before.Size) == Math.Sign(size))
        {
            var entry = decimal.Round(((before.Size * before.EntryPrice) + (size * price)) / after, 6);
            return (before with { Size = after, EntryPrice = entry, ChangedAt = time, OpenedAt = before.Size == 0 ? time : before.OpenedAt }, 0);
        }

        var closed = Math.Min(Math.Abs(size), Math.Abs(before.Size)) * Math.Sign(before.Size);
        var profit = decimal.Round(closed * (price - before.EntryPrice), 6);
        var isTurned = Math.Sign(after) == Math.Sign(size);
        return (before with { Size = after, ChangedAt = time, EntryPrice = isTurned ? price : before.EntryPrice, OpenedAt = isTurned ? time : before.OpenedAt }, profit);
    }

    /// <summary>The exchange's words for it.</summary>
    public static string DirectionOf(decimal before, decimal size, SimulatedOrder order)
    {
        var side = (before == 0 ? size : before) > 0 ? "Long" : "Short";
        return order.IsLiquidation ? $"Liquidated {(order.IsIsolated ? "Isolated" : "Cross")} {side}"
            : before == 0 || Math.Sign(before) == Math.Sign(size) ? $"Open {side}"
            : Math.Abs(size) <= Math.Abs(before) ? $"Close {side}"
            : before > 0 ? "Long > Short" : "Short > Long";
    }
}
