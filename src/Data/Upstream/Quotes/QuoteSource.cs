using TraderHub.Core.Jobs.Quotes;
using TraderHub.Data.Upstream.Hyperliquid;

namespace TraderHub.Data.Upstream.Quotes;

/// <summary>Stocks from Yahoo, coins from Hyperliquid; how a symbol is written tells which it is (rule R3).</summary>
internal sealed class QuoteSource(YahooQuotes stocks, HyperliquidCandles coins) : IQuoteSource
{
    public Task<PriceHistory> ReadAsync(MarketSymbol symbol, CancellationToken cancellationToken) =>
        symbol.Coin is null ? stocks.ReadAsync(symbol, cancellationToken) : coins.ReadAsync(symbol, cancellationToken);
}
