using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Market;

/// <summary>Where the indices come from.</summary>
public interface IFearGreedSource
{
    /// <summary>An index as it is now.</summary>
    /// <exception cref="UpstreamException">The source did not give it.</exception>
    Task<FearGreedReading> ReadAsync(FearGreedMarket market, CancellationToken cancellationToken);
}
