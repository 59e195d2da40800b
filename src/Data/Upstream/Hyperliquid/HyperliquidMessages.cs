using System.Text.Json.Serialization;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>A request to <c>POST /info</c>.</summary>
internal sealed record InfoRequest(
    string Type, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? User = null);

/// <summary>The answer to <c>clearinghouseState</c>. Its fields changed over the years: what is not here is ignored, what may be absent is nullable.</summary>
internal sealed record ClearinghouseState(
    MarginSummary? MarginSummary, decimal? Withdrawable, IReadOnlyList<AssetPosition>? AssetPositions, long? Time);

internal sealed record MarginSummary(decimal? AccountValue, decimal? TotalNtlPos, decimal? TotalMarginUsed);

internal sealed record AssetPosition(PositionState? Position);

internal sealed record PositionState(
    string? Coin,
    decimal? Szi,
    decimal? EntryPx,
    decimal? PositionValue,
    decimal? UnrealizedPnl,
    decimal? ReturnOnEquity,
    decimal? LiquidationPx,
    decimal? MarginUsed,
    LeverageState? Leverage);

internal sealed record LeverageState(string? Type, decimal? Value);

/// <summary>The answer to <c>spotClearinghouseState</c>.</summary>
internal sealed record SpotClearinghouseState(IReadOnlyList<SpotBalanceState>? Balances);

internal sealed record SpotBalanceState(string? Coin, decimal? Total, decimal? Hold);

/// <summary>Hyperliquid writes amounts as strings, and the names in camelCase.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(InfoRequest))]
[JsonSerializable(typeof(ClearinghouseState))]
[JsonSerializable(typeof(SpotClearinghouseState))]
internal sealed partial class HyperliquidJson : JsonSerializerContext;
