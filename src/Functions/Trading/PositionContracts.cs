using System.Text.Json.Serialization;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Functions.Trading;

/// <summary>An open position in the documented shape, where what the exchange leaves out is "0".</summary>
/// <param name="Coin">The market.</param>
/// <param name="Szi">The size; negative is short.</param>
/// <param name="EntryPx">The average entry price.</param>
/// <param name="PositionValue">The size at the mark price.</param>
/// <param name="UnrealizedPnl">Profit or loss against the entry.</param>
/// <param name="ReturnOnEquity">The same as a share of the margin.</param>
/// <param name="LiquidationPx">Where the position is liquidated; "0" when nowhere.</param>
/// <param name="MarginUsed">The margin it holds.</param>
/// <param name="MaintMarginReq">The share of its value that it must keep as margin.</param>
/// <param name="Leverage">The leverage that was chosen.</param>
/// <param name="LeverageType"><c>cross</c> or <c>isolated</c>.</param>
public sealed record PerpetualPosition(
    string Coin,
    string Szi,
    string EntryPx,
    string PositionValue,
    string UnrealizedPnl,
    string ReturnOnEquity,
    string LiquidationPx,
    string MarginUsed,
    string MaintMarginReq,
    decimal Leverage,
    string LeverageType)
{
    /// <summary>The shape of a position.</summary>
    public static PerpetualPosition From(Position position)
    {
        ArgumentNullException.ThrowIfNull(position);
        return new(
            position.Coin,
            Amount.Text(position.Size),
            Amount.Text(position.EntryPrice ?? 0),
            Amount.Text(position.Value),
            Amount.Text(position.UnrealizedPnl),
            Amount.Text(position.ReturnOnEquity),
            Amount.Text(position.LiquidationPrice ?? 0),
            Amount.Text(position.MarginUsed),
            Amount.Text(Amount.Number(position.MaintenanceShare)),
            position.Leverage,
            position.LeverageType);
    }
}

/// <summary>An open order in the documented shape.</summary>
/// <param name="Coin">The market.</param>
/// <param name="Oid">The exchange's id.</param>
/// <param name="Side"><c>B</c> buys, <c>A</c> sells.</param>
/// <param name="LimitPx">The worst price it takes.</param>
/// <param name="Sz">What is left of it.</param>
/// <param name="OrigSz">What it was placed with.</param>
/// <param name="OrderType">The exchange's word, such as <c>Limit</c>.</param>
/// <param name="Timestamp">When it was placed, in unix milliseconds.</param>
/// <param name="ReduceOnly">Whether it can only make a position smaller.</param>
/// <param name="Cloid">The trader's own id; absent when none was given.</param>
/// <param name="TriggerPx">Where it becomes active; absent without a trigger.</param>
/// <param name="IsTrigger">Whether it waits for a price.</param>
/// <param name="IsPositionTpsl">Whether it is for the whole position.</param>
/// <param name="TriggerCondition">The trigger in the exchange's words.</param>
/// <param name="Children">The orders that follow when it is filled.</param>
public sealed record Order(
    string Coin,
    long Oid,
    string Side,
    string LimitPx,
    string Sz,
    string OrigSz,
    string OrderType,
    long Timestamp,
    bool ReduceOnly,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cloid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TriggerPx,
    bool IsTrigger,
    bool IsPositionTpsl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TriggerCondition,
    IReadOnlyList<Order> Children)
{
    /// <summary>The shape of an order.</summary>
    public static Order From(OpenOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new(
            order.Coin,
            order.OrderId,
            order.Side,
            Amount.Text(order.LimitPrice),
            Amount.Text(order.Size),
            Amount.Text(order.OriginalSize),
            order.OrderType,
            order.PlacedAt.ToUnixTimeMilliseconds(),
            order.IsReduceOnly,
            order.ClientOrderId,
            Amount.Text(order.TriggerPrice),
            order.IsTrigger,
            order.IsPositionTpsl,
            order.TriggerCondition,
            order.Children.Select(From).ToList());
    }
}

/// <summary>What is held of one coin, in units of the coin.</summary>
/// <param name="Coin">The coin.</param>
/// <param name="Total">What there is.</param>
/// <param name="Hold">The part that open orders hold.</param>
public sealed record SpotHolding(string Coin, string Total, string Hold)
{
    /// <summary>The shape of a holding.</summary>
    public static SpotHolding From(SpotBalance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        return new(balance.Coin, Amount.Text(balance.Total), Amount.Text(balance.Hold));
    }
}
