using System.Text.Json;
using NodaTime;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Quotes;

/// <summary>A year of a stock's closing prices from Yahoo. Days without a price, which it answers as nulls, are left out.</summary>
internal sealed class YahooQuotes(YahooChart chart)
{
    /// <summary>A year of a stock's daily prices.</summary>
    /// <exception cref="UpstreamException">There are none.</exception>
    public Task<PriceHistory> ReadAsync(MarketSymbol symbol, CancellationToken cancellationToken) =>
        chart.ReadAsync(symbol.Text, "range=1y&interval=1d", retries: false, result => Read(symbol, result), cancellationToken);

    private static PriceHistory? Read(MarketSymbol symbol, JsonElement? result)
    {
        var closes = result.Child("indicators").Child("quote").First().Child("close");
        if (result.Child("timestamp").Elements() is not { } times || closes.Elements() is not { } prices)
        {
            return null;
        }

        var zone = ZoneOf(result.Child("meta"));
        var candles = new SortedDictionary<LocalDate, decimal>();
        foreach (var (time, close) in times.Zip(prices))
        {
            if (time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
                && close.ValueKind == JsonValueKind.Number && close.TryGetDecimal(out var price) && price > 0)
            {
                // The current day may be there twice, as a candle and as the last price: the later one counts.
                candles[Instant.FromUnixTimeSeconds(seconds).InZone(zone).Date] = price;
            }
        }

        return candles.Count == 0 ? null : new(symbol, [.. candles.Select(candle => new Candle(candle.Key, candle.Value))]);
    }

    private static DateTimeZone ZoneOf(JsonElement? meta) =>
        meta.Child("exchangeTimezoneName").Text() is { } name && DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone ? zone : BusinessDate.NewYork;
}
