using NodaTime;

namespace TraderHub.Core.Signals.Market;

/// <summary>The indices as they were last fetched, for all instances. A store that does not answer has none, and keeps none.</summary>
public interface IFearGreedCache
{
    /// <summary>The newest reading that there is, however old; null without one.</summary>
    Task<FearGreedReading?> FindAsync(FearGreedMarket market, CancellationToken cancellationToken);

    /// <summary>Keeps a reading.</summary>
    Task SaveAsync(FearGreedReading reading, CancellationToken cancellationToken);

    /// <summary>Deletes what is over its time.</summary>
    /// <exception cref="Platform.StorageException">The store did not answer.</exception>
    Task DeleteExpiredAsync(Instant now, CancellationToken cancellationToken);
}
