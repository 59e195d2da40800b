using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Runs;

/// <summary>Finds the run that copied a group last.</summary>
internal static class LastCopy
{
    private const int MostRuns = 100;

    /// <summary>
    /// The last run that has walked all keys to its end; null when there was none. What was copied before the group went back to the key-value store is not what it has now.
    /// </summary>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public static async Task<MigrationRun?> FindAsync(EntityGroup group, StageDocument stage, CancellationToken cancellationToken)
    {
        var wasInKv = stage.History.LastOrDefault(change => change.Stage == Stage.Kv)?.ChangedAt ?? string.Empty;
        var runs = await group.Runs.ListAsync(group.Name, MostRuns, cancellationToken);
        return runs.FirstOrDefault(run => run is { Kind: RunKind.Backfill, Status: RunStatus.Completed } && string.CompareOrdinal(run.StartedAt.ToIso(), wasInKv) > 0);
    }
}
