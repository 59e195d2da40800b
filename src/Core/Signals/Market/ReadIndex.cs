using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Market;

/// <summary>Reads an index: from the cache while it is fresh, else from its source, else from the cache again with its age (rule F20).</summary>
public sealed class ReadIndex(IFearGreedSource source, IFearGreedCache cache, TimeProvider clock)
{
    /// <summary>How long a reading is as good as a new one.</summary>
    public static readonly Duration FreshFor = Duration.FromMinutes(5);

    /// <summary>How long one may stand in for a source that does not answer.</summary>
    public static readonly Duration UsableFor = Duration.FromHours(24);

    private static readonly TimeSpan SharedFor = TimeSpan.FromSeconds(10);

    /// <summary>A source that has just failed is not waited for by everybody who can have what is in the cache.</summary>
    private static readonly TimeSpan SharedWhenStaleFor = TimeSpan.FromSeconds(60);

    private readonly SharedReads<FearGreedMarket, FearGreedReading?> shared = new(clock);

    /// <summary>The index; null when there is none that may be used.</summary>
    public Task<FearGreedReading?> ExecuteAsync(FearGreedMarket market, CancellationToken cancellationToken) => shared.GetAsync(
        market, () => ReadAsync(market), reading => reading is { IsStale: true } ? SharedWhenStaleFor : SharedFor, cancellationToken);

    private async Task<FearGreedReading?> ReadAsync(FearGreedMarket market)
    {
        var kept = await cache.FindAsync(market, CancellationToken.None);
        if (kept is not null && AgeOf(kept) < FreshFor)
        {
            return kept with { IsStale = false };
        }

        try
        {
            var reading = await source.ReadAsync(market, CancellationToken.None);
            await cache.SaveAsync(reading, CancellationToken.None);
            return reading;
        }
        catch (UpstreamException)
        {
            return kept is not null && AgeOf(kept) < UsableFor ? kept with { IsStale = true } : null;
        }
    }

    /// <summary>What is from the future, as another machine's clock may have it, is of no use when it is from far ahead.</summary>
    private Duration AgeOf(FearGreedReading reading)
    {
        var age = clock.GetInstant() - reading.FetchedAt;
        return age < -FreshFor ? UsableFor : age;
    }
}
