using System.Collections.Concurrent;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Quotes;

/// <summary>Reads the prices of many symbols at once. One that fails or hangs costs the others nothing: the source bounds how long each may take.</summary>
public sealed class FetchQuotes(IQuoteSource source)
{
    private const int AtOnce = 8;

    /// <summary>The prices that could be read, and for each other symbol the reason why not.</summary>
    public async Task<FetchedQuotes> ExecuteAsync(IReadOnlyList<MarketSymbol> symbols, CancellationToken cancellationToken)
    {
        var histories = new ConcurrentDictionary<MarketSymbol, PriceHistory>();
        var failures = new ConcurrentDictionary<MarketSymbol, string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(symbols, options, async (symbol, token) =>
        {
            try
            {
                histories[symbol] = await source.ReadAsync(symbol, token);
            }
            catch (UpstreamException exception)
            {
                failures[symbol] = exception.Message;
            }
        });
        return new(histories, failures);
    }
}

/// <summary>What came of asking for prices.</summary>
/// <param name="Histories">The prices, by symbol.</param>
/// <param name="Failures">Why there are none, by symbol.</param>
public sealed record FetchedQuotes(IReadOnlyDictionary<MarketSymbol, PriceHistory> Histories, IReadOnlyDictionary<MarketSymbol, string> Failures);
