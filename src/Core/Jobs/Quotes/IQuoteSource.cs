using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Quotes;

/// <summary>Where prices come from.</summary>
public interface IQuoteSource
{
    /// <summary>A year of a symbol's daily prices. What the source left out is left out, never filled in.</summary>
    /// <exception cref="UpstreamException">The source did not give them; the message says why, fit for a report.</exception>
    Task<PriceHistory> ReadAsync(MarketSymbol symbol, CancellationToken cancellationToken);
}
