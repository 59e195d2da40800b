using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>Tells whether SQL has all of a group's records, for lists, which are always read there: it does from the end of the first walk that copied them.</summary>
public sealed class CheckCompleteness(IStages stages)
{
    private const int MostRuns = 100;

    /// <summary>Whether SQL has all of them; false also when nobody can tell.</summary>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task<bool> ExecuteAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        try
        {
            var stage = await stages.GetAsync(group.Name, cancellationToken);
            return stage.Stage switch
            {
                Stage.Kv => false,
                Stage.Copy => await WasCopiedAsync(group, stage, cancellationToken),
                _ => true,
            };
        }
        catch (KeyValueException)
        {
            return false;
        }
    }

    /// <summary>What was copied before the group went back to the key-value store is not what it has now.</summary>
    private static async Task<bool> WasCopiedAsync(EntityGroup group, StageDocument stage, CancellationToken cancellationToken)
    {
        var wasInKv = stage.History.LastOrDefault(change => change.Stage == Stage.Kv)?.ChangedAt ?? string.Empty;
        var runs = await group.Runs.ListAsync(group.Name, MostRuns, cancellationToken);
        return runs.Any(run => run is { Kind: RunKind.Backfill, Status: RunStatus.Completed } && string.CompareOrdinal(run.StartedAt.ToIso(), wasInKv) > 0);
    }
}
