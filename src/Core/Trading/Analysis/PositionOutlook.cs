using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Analysis;

/// <summary>
/// What a position's own orders would make of it: its take-profit orders, and its stop for the whole (rule N1). Amounts are in US dollars, moves against
/// the entry.
/// </summary>
/// <param name="Position">The position.</param>
/// <param name="EntryPrice">The average price at entry.</param>
/// <param name="EntryFee">What entering cost, as a taker.</param>
/// <param name="TakeProfits">The orders that take its profit.</param>
/// <param name="StopLoss">The order that stops it; null when there is none.</param>
public sealed record PositionOutlook(
    Position Position, decimal EntryPrice, decimal EntryFee, IReadOnlyList<TakeProfit> TakeProfits, StopLoss? StopLoss)
{
    private const decimal Padding = 0.005m;

    /// <summary>Whether it gains when the price rises.</summary>
    public bool IsLong => Position.Size > 0;

    /// <summary>How much, in units of the coin.</summary>
    public decimal Size => Math.Abs(Position.Size);

    /// <summary>The size at the entry price.</summary>
    public decimal EntryValue => EntryPrice * Size;

    /// <summary>What all take-profit orders would bring, after fees.</summary>
    public decimal ExpectedProfit => TakeProfits.Sum(order => order.NetProfit);

    /// <summary>What the stop would lose, after fees; 0 without a stop or when it stands in profit.</summary>
    public decimal ExpectedLoss => StopLoss is { TotalLoss: > 0 } stop ? stop.TotalLoss : 0;

    /// <summary>Entering, and leaving by the stop or else by all take-profit orders.</summary>
    public decimal MaximumFees => EntryFee + (StopLoss?.ExitFee ?? TakeProfits.Sum(order => order.ExitFee));

    /// <summary>How far the price must move, in percent, to pay the fees.</summary>
    public decimal BreakevenPercent => EntryValue > 0 ? MaximumFees / EntryValue * 100 : 0;

    /// <summary>Profit over loss; 0 without an expected loss.</summary>
    public decimal RewardToRisk => ExpectedLoss > 0 ? ExpectedProfit / ExpectedLoss : 0;

    /// <summary>The take-profit orders' average price by size; 0 without any.</summary>
    public decimal AverageTakeProfitPrice => TakeProfits.Sum(order => order.Size) is var size and > 0 ? TakeProfits.Sum(order => order.Price * order.Size) / size : 0;

    /// <summary>The lowest and the highest price that matters, a little apart from the outermost.</summary>
    public (decimal From, decimal To) PriceAxis
    {
        get
        {
            var prices = TakeProfits.Select(order => order.Price).Append(EntryPrice).Concat(StopLoss is { } stop ? [stop.Price] : []).ToList();
            return (prices.Min() * (1 - Padding), prices.Max() * (1 + Padding));
        }
    }

    /// <summary>The outlook of a position; null when the exchange states no entry price.</summary>
    /// <param name="position">The position.</param>
    /// <param name="orders">Open orders, of any market.</param>
    /// <param name="takerFee">In percent of a trade's value.</param>
    /// <param name="makerFee">In percent of a trade's value.</param>
    public static PositionOutlook? Of(Position position, IEnumerable<OpenOrder> orders, decimal takerFee, decimal makerFee)
    {
        ArgumentNullException.ThrowIfNull(position);
        ArgumentNullException.ThrowIfNull(orders);
        if (position.EntryPrice is not { } entry || entry <= 0)
        {
            return null;
        }

        var own = orders.Where(order => order.Coin == position.Coin).ToList();
        var size = Math.Abs(position.Size);
        var entryFee = entry * size * takerFee / 100;
        var takeProfits = own
            .Where(order => order is { OrderType: "Limit", IsReduceOnly: true })
            .Select(order => TakeProfit.Of(order, position, entry, entryFee * order.Size / size, makerFee))
            .ToList();
        var stop = own.FirstOrDefault(order => order.OrderType == "Stop Market");
        return new(position, entry, entryFee, takeProfits, stop is null ? null : StopLoss.Of(stop, position, entry, entryFee, takerFee));
    }
}
