using System.Text.Json;
using NodaTime;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Data.Upstream.Hyperliquid.Messages;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>Hyperliquid's ledger in TraderHub's terms.</summary>
internal static class LedgerReading
{
    private const string Unnamed = "unnamed";

    /// <summary>A row. Of one that is not in the form that we know, only its type is said: the others are not lost with it.</summary>
    public static LedgerRow Read(LedgerUpdate update)
    {
        var row = new LedgerRow(Instant.FromUnixTimeMilliseconds(update.Time), update.Hash, TypeOf(update.Delta));
        try
        {
            return update.Delta.Deserialize(HyperliquidJson.Default.LedgerDelta) is { } delta
                ? row with
                {
                    User = delta.User,
                    Destination = delta.Destination,
                    Usdc = delta.Usdc,
                    Token = delta.Token,
                    Amount = delta.Amount,
                    UsdcValue = delta.UsdcValue,
                    NetWithdrawnUsd = delta.NetWithdrawnUsd,
                    IsDeposit = delta.IsDeposit,
                    SourceDex = delta.SourceDex,
                    DestinationDex = delta.DestinationDex,
                    Dex = delta.Dex,
                }
                : row;
        }
        catch (JsonException)
        {
            // Without its amounts the row's flow is not known, and whoever needs it says so.
            return row;
        }
    }

    private static string TypeOf(JsonElement delta) =>
        delta.ValueKind == JsonValueKind.Object && delta.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()!
            : Unnamed;
}
