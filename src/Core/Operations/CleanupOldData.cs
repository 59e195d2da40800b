using TraderHub.Core.Platform;

namespace TraderHub.Core.Operations;

/// <summary>Deletes what is older than it needs to be (rule O4), in batches: no statement holds a store for long, and a run that was killed has kept what it did.</summary>
public sealed class CleanupOldData(IEnumerable<IExpiringRows> expiring, CronJob cronJob, TimeProvider clock)
{
    private const int BatchSize = 500;

    /// <summary>Deletes until nothing is left that is too old.</summary>
    public Task ExecuteAsync(CancellationToken cancellationToken) => cronJob.RunAsync(nameof(CleanupOldData), CleanAsync, cancellationToken);

    private async Task CleanAsync(CronRun run, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        foreach (var rows in expiring)
        {
            while (await rows.DeleteAsync(now, BatchSize, cancellationToken) == BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
