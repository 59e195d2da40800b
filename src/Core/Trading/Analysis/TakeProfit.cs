using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Analysis;

/// <summary>An order that closes some of a position at a better price. Amounts are in US dollars.</summary>
/// <param name="Price">Where.</param>
/// <param name="Size">How much of it, in units of the coin.</param>
/// <param name="Profit">What that brings before fees.</param>
/// <param name="ExitFee">What leaving costs, as a maker.</param>
/// <param name="NetProfit">The profit less this share of the entry's fee and the exit's.</param>
/// <param name="PriceMove">The price less the entry's.</param>
/// <param name="PercentMove">The same in percent of the entry.</param>
/// <param name="PnlPercent">The net profit in percent of what this share was entered for.</param>
public sealed record TakeProfit(
    decimal Price, decimal Size, decimal Profit, decimal ExitFee, decimal NetProfit, decimal PriceMove, decimal PercentMove, decimal PnlPercent)
{
    internal static TakeProfit Of(OpenOrder order, Position position, decimal entry, decimal entryFeeShare, decimal makerFee)
    {
        var move = order.LimitPrice - entry;
        var profit = Math.Sign(position.Size) * move * order.Size;
        var exitFee = order.LimitPrice * order.Size * makerFee / 100;
        var net = profit - entryFeeShare - exitFee;
        return new(order.LimitPrice, order.Size, profit, exitFee, net, move, move / entry * 100, order.Size > 0 ? net / (entry * order.Size) * 100 : 0);
    }
}

/// <summary>The order that closes a whole position when the price has turned. Amounts are in US dollars.</summary>
/// <param name="Price">Where it is triggered.</param>
/// <param name="Size">The whole position, in units of the coin.</param>
/// <param name="Loss">What that loses before fees; negative when the stop already stands in profit.</param>
/// <param name="ExitFee">What leaving costs, as a taker.</param>
/// <param name="TotalLoss">The loss with the fees of entering and leaving.</param>
/// <param name="PriceMove">The price less the entry's.</param>
/// <param name="PercentMove">The same in percent of the entry.</param>
/// <param name="PnlPercent">What it loses with fees, as a negative percentage of what the position was entered for.</param>
public sealed record StopLoss(
    decimal Price, decimal Size, decimal Loss, decimal ExitFee, decimal TotalLoss, decimal PriceMove, decimal PercentMove, decimal PnlPercent)
{
    /// <summary>Whether the stop stands where the position has gained.</summary>
    public bool IsInProfit => Loss < 0;

    internal static StopLoss Of(OpenOrder order, Position position, decimal entry, decimal entryFee, decimal takerFee)
    {
        var price = order.TriggerPrice ?? order.LimitPrice;
        var size = Math.Abs(position.Size);
        var move = price - entry;
        var loss = -Math.Sign(position.Size) * move * size;
        var exitFee = price * size * takerFee / 100;
        var total = loss + entryFee + exitFee;
        return new(price, size, loss, exitFee, total, move, move / entry * 100, -total / (entry * size) * 100);
    }
}
