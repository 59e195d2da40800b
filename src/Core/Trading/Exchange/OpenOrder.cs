using NodaTime;

namespace TraderHub.Core.Trading.Exchange;

/// <summary>An open order as the exchange states it.</summary>
/// <param name="Coin">The market.</param>
/// <param name="OrderId">The exchange's id.</param>
/// <param name="Side"><c>B</c> buys, <c>A</c> sells.</param>
/// <param name="LimitPrice">The worst price it takes.</param>
/// <param name="Size">What is left of it, in units of the coin.</param>
/// <param name="OriginalSize">What it was placed with.</param>
/// <param name="OrderType">The exchange's word, such as <c>Limit</c> or <c>Stop Market</c>.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="IsReduceOnly">Whether it can only make a position smaller.</param>
/// <param name="ClientOrderId">The trader's own id; null when none was given.</param>
/// <param name="TriggerPrice">Where it becomes active; null for an order without trigger.</param>
/// <param name="IsTrigger">Whether it waits for a price.</param>
/// <param name="IsPositionTpsl">Whether it takes the whole position's profit or stops its loss.</param>
/// <param name="TriggerCondition">The trigger in the exchange's words.</param>
/// <param name="Children">The orders that follow when this one is filled.</param>
public sealed record OpenOrder(
    string Coin,
    long OrderId,
    string Side,
    decimal LimitPrice,
    decimal Size,
    decimal OriginalSize,
    string OrderType,
    Instant PlacedAt,
    bool IsReduceOnly,
    string? ClientOrderId,
    decimal? TriggerPrice,
    bool IsTrigger,
    bool IsPositionTpsl,
    string? TriggerCondition,
    IReadOnlyList<OpenOrder> Children);
