using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Watching;

/// <summary>Reads how a group is served, from what all instances tell with their signs of life.</summary>
public sealed class ReadGroupWatch(Instances instances)
{
    private const int MostRuns = 100;

    /// <summary>How a group is served; null when no instance tells.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    public async Task<GroupWatch?> ExecuteAsync(OperatedGroup group, StageDocument stage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(stage);
        if (await instances.FindFiguresAsync(group.Name, stage.Epoch, cancellationToken) is not var (sql, kv))
        {
            return null;
        }

        var (unsettled, since) = await FindUnsettledAsync(group, cancellationToken);
        return new(sql, kv, unsettled, since);
    }

    private static async Task<(long Count, Instant? Since)> FindUnsettledAsync(OperatedGroup group, CancellationToken cancellationToken)
    {
        try
        {
            var runs = await group.Group.Runs.ListAsync(group.Name, MostRuns, cancellationToken);
            var unsettled = runs.Where(run => run is { Kind: RunKind.Backfill, Status: RunStatus.Completed }).TakeWhile(run => run.Counters.Unsettled > 0).ToList();
            var counts = await group.Group.Sql.CountAsync(cancellationToken);
            return unsettled.Count == 0
                ? (counts.Unmirrored, null)
                : (counts.Unmirrored + unsettled[0].Counters.Unsettled, unsettled[^1].StartedAt);
        }
        catch (StorageException)
        {
            // SQL is down: what it would have to say of its keys is missing.
            return (0, null);
        }
    }
}
