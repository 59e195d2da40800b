using NodaTime;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Platform;
using TraderHub.Data.Upstream.Hyperliquid.Asking;
using TraderHub.Data.Upstream.Hyperliquid.Messages;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>Coin prices: Hyperliquid's daily candles, whose days are those of UTC, within the budget that all questions to it share.</summary>
internal sealed class HyperliquidCandles(HyperliquidInfo info, TimeProvider clock)
{
    private static readonly Duration Year = Duration.FromDays(366);

    /// <summary>A year of a coin's daily prices.</summary>
    /// <exception cref="UpstreamException">There are none.</exception>
    public Task<PriceHistory> ReadAsync(MarketSymbol symbol, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var range = new CandleRange(symbol.Coin!, "1d", (now - Year).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        return info.AskAsync(
            new InfoRequest("candleSnapshot", Req: range), HyperliquidJson.Default.ListCandleState, candles => Read(symbol, candles), cancellationToken);
    }

    /// <summary>A candle without a price is none.</summary>
    private static PriceHistory Read(MarketSymbol symbol, List<CandleState> answer)
    {
        var candles = new SortedDictionary<LocalDate, decimal>();
        foreach (var candle in answer)
        {
            if (candle is { T: { } begins, C: { } price and > 0 })
            {
                candles[Instant.FromUnixTimeMilliseconds(begins).InUtc().Date] = price;
            }
        }

        return candles.Count == 0
            ? throw new UpstreamException(HyperliquidInfo.Name, UpstreamFailure.BadAnswer, $"has no prices of {symbol.Text}.")
            : new(symbol, [.. candles.Select(candle => new Candle(candle.Key, candle.Value))]);
    }
}
