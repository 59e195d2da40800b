using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>
/// Finishes operations on several keys, brings together what was begun and not finished between the copies of all groups that are under way; and begins the copying by
/// itself where that is set (rules M10, M35, M37).
/// </summary>
public sealed class ReconcileKeys(
    IEnumerable<OperatedGroup> groups,
    ReplayIntents replay,
    StageDocuments stages,
    RunSweep runs,
    BackfillGroup backfill,
    MigrationOptions options,
    TimeProvider clock)
{
    /// <summary>A walk that takes longer goes on where it was the next time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(50);

    /// <summary>Reconciles the groups.</summary>
    /// <exception cref="KeyValue.KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await replay.ExecuteAsync(ReplayIntents.GivenUpAfter, either.Token);
            foreach (var group in groups)
            {
                await ReconcileAsync(group, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The next minute goes on.
        }
        catch (RunFencedException)
        {
            // An operator has ended it.
        }
    }

    private async Task ReconcileAsync(OperatedGroup group, CancellationToken cancellationToken)
    {
        var stage = await stages.FindOrChooseAsync(group.Group, cancellationToken);
        if (stage.IsPaused || stage.FrozenBecause is not null)
        {
            return;
        }

        if (stage.Copies)
        {
            // A refusal means that another run is under way, which does this too.
            await runs.ExecuteAsync(group.Group, RunKind.Backfill, MigrationRun.ByItself, new SweepOptions(), progress: null, cancellationToken);
        }
        else if (options.AutoStart && stage is { Stage: Stage.Kv, Epoch: 1 } && (await group.Group.Sql.CountAsync(cancellationToken)).Known == 0)
        {
            var request = new MoveRequest(MigrationRun.ByItself) { Reason = "Migration:AutoStart is set, and SQL is empty." };
            await backfill.ExecuteAsync(group, request, new SweepOptions(), cancellationToken);
        }
    }
}
