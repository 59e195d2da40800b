using System.Text.Json;
using Microsoft.Extensions.Logging;
using NodaTime;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Quotes;

/// <summary>Stock prices from Yahoo's chart API. Days without a price, which it answers as nulls, are left out.</summary>
internal sealed class YahooQuotes(HttpClient http, QuotesOptions options, TimeProvider clock, ILogger<YahooQuotes> logger) : IDisposable
{
    private readonly QuoteUpstream upstream = new("Yahoo Finance", http, clock, logger);

    /// <summary>A year of a stock's daily prices.</summary>
    /// <exception cref="UpstreamException">There are none.</exception>
    public Task<PriceHistory> ReadAsync(MarketSymbol symbol, CancellationToken cancellationToken)
    {
        var address = new Uri($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/v8/finance/chart/{Uri.EscapeDataString(symbol.Text)}?range=1y&interval=1d");
        return upstream.AskAsync(
            symbol.Text,
            () =>
            {
                // Without a user agent Yahoo refuses.
                var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.UserAgent.ParseAdd("Mozilla/5.0 (compatible; TraderHub)");
                return request;
            },
            answer => Read(symbol, answer),
            cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => upstream.Dispose();

    private PriceHistory Read(MarketSymbol symbol, JsonElement answer)
    {
        var result = First(Child(Child(answer, "chart"), "result"));
        var times = Child(result, "timestamp");
        var closes = Child(First(Child(Child(result, "indicators"), "quote")), "close");
        if (times is not { ValueKind: JsonValueKind.Array } ofTimes || closes is not { ValueKind: JsonValueKind.Array } ofCloses)
        {
            throw upstream.NoPrices(symbol.Text);
        }

        var zone = ZoneOf(Child(result, "meta"));
        var candles = new SortedDictionary<LocalDate, decimal>();
        foreach (var (time, close) in ofTimes.EnumerateArray().Zip(ofCloses.EnumerateArray()))
        {
            if (time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
                && close.ValueKind == JsonValueKind.Number && close.TryGetDecimal(out var price) && price > 0)
            {
                // The current day may be there twice, as a candle and as the last price: the later one counts.
                candles[Instant.FromUnixTimeSeconds(seconds).InZone(zone).Date] = price;
            }
        }

        return candles.Count == 0 ? throw upstream.NoPrices(symbol.Text) : new(symbol, [.. candles.Select(candle => new Candle(candle.Key, candle.Value))]);
    }

    private static DateTimeZone ZoneOf(JsonElement? meta) =>
        Child(meta, "exchangeTimezoneName") is { ValueKind: JsonValueKind.String } name && DateTimeZoneProviders.Tzdb.GetZoneOrNull(name.GetString()!) is { } zone
            ? zone
            : BusinessDate.NewYork;

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var child) ? child : null;

    private static JsonElement? First(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0 ? array[0] : null;
}
