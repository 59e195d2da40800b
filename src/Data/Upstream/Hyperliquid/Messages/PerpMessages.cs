using System.Text.Json.Serialization;

namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>The answer to <c>clearinghouseState</c>; the time is missing in old ones.</summary>
internal sealed record ClearinghouseState(
    MarginSummary MarginSummary, decimal Withdrawable, IReadOnlyList<AssetPosition> AssetPositions, long? Time = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Rows.RequireAll(AssetPositions);
}

internal sealed record MarginSummary(decimal AccountValue, decimal TotalNtlPos, decimal TotalMarginUsed);

internal sealed record AssetPosition(PositionState Position);

internal sealed record PositionState(
    string Coin,
    decimal Szi,
    decimal PositionValue,
    decimal UnrealizedPnl,
    decimal MarginUsed,
    decimal? EntryPx = null,
    decimal? ReturnOnEquity = null,
    decimal? LiquidationPx = null,
    LeverageState? Leverage = null,
    decimal? MaxLeverage = null);

internal sealed record LeverageState(string? Type = null, decimal? Value = null);

/// <summary>One of the answers to <c>frontendOpenOrders</c>. An order without trigger has a trigger price of zero.</summary>
internal sealed record FrontendOpenOrder(
    string Coin,
    long Oid,
    string Side,
    decimal LimitPx,
    decimal Sz,
    string OrderType,
    long Timestamp,
    decimal? OrigSz = null,
    bool? ReduceOnly = null,
    string? Cloid = null,
    decimal? TriggerPx = null,
    bool? IsTrigger = null,
    bool? IsPositionTpsl = null,
    string? TriggerCondition = null,
    IReadOnlyList<FrontendOpenOrder>? Children = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Rows.RequireAll(Children ?? []);
}
