using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodaTime;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Platform;
using TraderHub.Data.Upstream.Quotes;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>Coin prices: Hyperliquid's daily candles, whose days are those of UTC.</summary>
internal sealed class HyperliquidCandles(HttpClient http, HyperliquidOptions options, TimeProvider clock, ILogger<HyperliquidCandles> logger) : IDisposable
{
    private static readonly Duration Year = Duration.FromDays(366);

    private readonly QuoteUpstream upstream = new(HyperliquidInfo.Name, http, clock, logger);

    private readonly Uri address = new($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/info");

    /// <summary>A year of a coin's daily prices.</summary>
    /// <exception cref="UpstreamException">There are none.</exception>
    public Task<PriceHistory> ReadAsync(MarketSymbol symbol, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var question = new JsonObject
        {
            ["type"] = "candleSnapshot",
            ["req"] = new JsonObject
            {
                ["coin"] = symbol.Coin,
                ["interval"] = "1d",
                ["startTime"] = (now - Year).ToUnixTimeMilliseconds(),
                ["endTime"] = now.ToUnixTimeMilliseconds(),
            },
        };
        var body = System.Text.Encoding.UTF8.GetBytes(question.ToJsonString());
        return upstream.AskAsync(
            symbol.Text,
            () => new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } },
            answer => Read(symbol, answer),
            cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => upstream.Dispose();

    private PriceHistory Read(MarketSymbol symbol, JsonElement answer)
    {
        var candles = new SortedDictionary<LocalDate, decimal>();
        foreach (var candle in answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray() : default)
        {
            if (candle.ValueKind == JsonValueKind.Object
                && candle.TryGetProperty("t", out var time) && time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out var milliseconds)
                && candle.TryGetProperty("c", out var close) && PriceOf(close) is { } price)
            {
                candles[Instant.FromUnixTimeMilliseconds(milliseconds).InUtc().Date] = price;
            }
        }

        return candles.Count == 0 ? throw upstream.NoPrices(symbol.Text) : new(symbol, [.. candles.Select(candle => new Candle(candle.Key, candle.Value))]);
    }

    private static decimal? PriceOf(JsonElement close) =>
        close.ValueKind == JsonValueKind.String && decimal.TryParse(close.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var price) && price > 0
            ? price
            : null;
}
