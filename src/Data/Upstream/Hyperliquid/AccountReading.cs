using NodaTime;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Data.Upstream.Hyperliquid.Messages;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>Hyperliquid's shapes of an account in TraderHub's terms.</summary>
internal static class AccountReading
{
    /// <summary>A perpetuals account; old answers do not say of when they are.</summary>
    public static PerpAccount Read(string dex, ClearinghouseState state, Instant now) => new(
        dex,
        state.MarginSummary.AccountValue,
        state.Withdrawable,
        state.MarginSummary.TotalMarginUsed,
        state.MarginSummary.TotalNtlPos,
        state.AssetPositions.Select(asset => Read(asset.Position)).Where(position => position.Size != 0).ToList(),
        InstantOf(state.Time) ?? now);

    /// <summary>A spot account.</summary>
    public static SpotAccount Read(SpotClearinghouseState state, Instant now) => new(
        state.Balances.Select(balance => new SpotBalance(balance.Coin, balance.Token, balance.Total, balance.Hold ?? 0, balance.SpotHold)).ToList(),
        state.PortfolioMarginEnabled,
        state.TokenToAvailableAfterMaintenance?.DistinctBy(token => token.First).ToDictionary(token => token.First, token => token.Second) ?? [],
        now);

    /// <summary>Open orders, with those that follow them.</summary>
    public static IReadOnlyList<OpenOrder> Read(IEnumerable<FrontendOpenOrder> orders) => orders.Select(Read).ToList();

    /// <summary>The instant of milliseconds.</summary>
    public static Instant? InstantOf(long? milliseconds) => milliseconds is { } time ? Instant.FromUnixTimeMilliseconds(time) : null;

    private static Position Read(PositionState position) => new(
        position.Coin,
        position.Szi,
        position.EntryPx,
        position.PositionValue,
        position.UnrealizedPnl,
        position.ReturnOnEquity ?? 0,
        position.LiquidationPx,
        position.MarginUsed,
        position.Leverage?.Value ?? 0,
        position.Leverage?.Type ?? "cross",
        position.MaxLeverage);

    private static OpenOrder Read(FrontendOpenOrder order) => new(
        order.Coin,
        order.Oid,
        order.Side,
        order.LimitPx,
        order.Sz,
        order.OrigSz ?? order.Sz,
        order.OrderType,
        Instant.FromUnixTimeMilliseconds(order.Timestamp),
        order.ReduceOnly ?? false,
        order.Cloid,
        order.TriggerPx > 0 ? order.TriggerPx : null,
        order.IsTrigger ?? false,
        order.IsPositionTpsl ?? false,
        order.TriggerCondition,
        Read(order.Children ?? []));
}
