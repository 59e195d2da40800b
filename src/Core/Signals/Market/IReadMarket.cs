using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Market;

/// <summary>What commands, broadcasts and routes ask of the market. Failures of the sources are answers here, not exceptions.</summary>
public interface IReadMarket
{
    /// <summary>An index: fresh, or from the cache with its age; null when neither is there.</summary>
    Task<FearGreedReading?> ReadIndexAsync(FearGreedMarket market, CancellationToken cancellationToken);

    /// <summary>A ticker's signal for somebody who has a position in it or none.</summary>
    /// <param name="ticker">The ticker, normalized.</param>
    /// <param name="position">The position in this ticker; null when there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<TradingSignal> ReadSignalAsync(string ticker, HeldPosition? position, CancellationToken cancellationToken);
}
