using System.Text.Json;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;

namespace TraderHub.Data.Upstream.Quotes;

/// <summary>
/// The charts that signals rest on: the last 300 days, in daily bars. A bar of which a price is missing is left out whole, and of lists of unequal length the
/// shortest counts.
/// </summary>
internal sealed class YahooPriceCharts(YahooChart chart, TimeProvider clock) : IPriceChartSource
{
    private static readonly Duration Span = Duration.FromDays(300);

    public async Task<PriceChart> ReadAsync(string ticker, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(ticker, cancellationToken);
        }
        catch (UpstreamException exception) when (exception.Failure == UpstreamFailure.BadAnswer && ShareClass(ticker) is { } asYahooWritesIt)
        {
            return await AskAsync(asYahooWritesIt, cancellationToken);
        }
    }

    private Task<PriceChart> AskAsync(string symbol, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var query = $"period1={(now - Span).ToUnixTimeSeconds()}&period2={now.ToUnixTimeSeconds()}&interval=1d&events=history";
        return chart.ReadAsync(symbol, query, retries: true, Read, cancellationToken);
    }

    /// <summary>Yahoo writes a class of shares with a hyphen (<c>BRK-B</c>), and other exchanges with a point.</summary>
    private static string? ShareClass(string ticker) => ticker is [.., '.', 'A' or 'B'] ? $"{ticker[..^2]}-{ticker[^1]}" : null;

    private static PriceChart? Read(JsonElement? result)
    {
        var quote = result.Child("indicators").Child("quote").First();
        return PriceOf(result.Child("meta").Child("regularMarketPrice")) is { } price
            && result.Child("timestamp").Elements() is { } times
            && quote.Child("close").Elements() is { } closes
            ? new(price, [.. Bars(times, closes, quote).OrderBy(bar => bar.Key).Select(bar => bar.Value)])
            : null;
    }

    private static Dictionary<long, PriceBar> Bars(JsonElement[] times, JsonElement[] closes, JsonElement? quote)
    {
        var opens = quote.Child("open").Elements() ?? closes;
        var highs = quote.Child("high").Elements() ?? closes;
        var lows = quote.Child("low").Elements() ?? closes;
        var bars = new Dictionary<long, PriceBar>();
        for (var i = 0; i < new[] { times.Length, opens.Length, highs.Length, lows.Length, closes.Length }.Min(); i++)
        {
            if (times[i].ValueKind == JsonValueKind.Number && times[i].TryGetInt64(out var seconds)
                && PriceOf(opens[i]) is { } open && PriceOf(highs[i]) is { } high && PriceOf(lows[i]) is { } low && PriceOf(closes[i]) is { } close)
            {
                bars[seconds] = new(open, high, low, close);
            }
        }

        return bars;
    }

    /// <summary>A price is a number above zero; a text is none.</summary>
    private static double? PriceOf(JsonElement? field) =>
        field is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var price) && double.IsFinite(price) && price > 0 ? price : null;
}
