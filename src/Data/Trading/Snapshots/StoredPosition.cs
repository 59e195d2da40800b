using System.Text.Json.Serialization;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Data.Trading.Snapshots;

/// <summary>An item of the column <c>positions</c>, with the field names that the trading hub has always written there.</summary>
internal sealed record StoredPosition(
    string Coin,
    decimal Szi,
    decimal? EntryPx,
    decimal PositionValue,
    decimal UnrealizedPnl,
    decimal ReturnOnEquity,
    decimal? LiquidationPx,
    decimal MarginUsed,
    decimal Leverage,
    string LeverageType)
{
    public static StoredPosition From(Position position) => new(
        position.Coin,
        position.Size,
        position.EntryPrice,
        position.Value,
        position.UnrealizedPnl,
        position.ReturnOnEquity,
        position.LiquidationPrice,
        position.MarginUsed,
        position.Leverage,
        position.LeverageType);
}

/// <summary>Amounts are strings, so that no reader loses digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(IEnumerable<StoredPosition>))]
internal sealed partial class StoredPositionJson : JsonSerializerContext;
