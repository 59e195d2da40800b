using TraderHub.Core.Operations;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Market;

/// <summary>Deletes kept indices that are too old to be of use.</summary>
public sealed class CleanSignalsCache(IFearGreedCache cache, CronJob cronJob, TimeProvider clock)
{
    /// <summary>Deletes them, and logs the run.</summary>
    public Task ExecuteAsync(CancellationToken cancellationToken) => cronJob.RunAsync(
        nameof(CleanSignalsCache), (_, token) => cache.DeleteExpiredAsync(clock.GetInstant(), token), cancellationToken);
}
