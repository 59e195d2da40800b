using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Moves;

/// <summary>Moves a group back, stage by stage, without losing an acknowledged write.</summary>
public sealed class RollBackGroup(ChangeStage changeStage, RunSweep runSweep, HandBack handBack, IKeyValueStore store, MigrationOptions options)
{
    /// <summary>Moves a group back to a stage, or by one.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer; from stage sql, the forced way goes without it.</exception>
    public async Task<Result<StageDocument>> ExecuteAsync(EntityGroup group, Stage? to, MoveRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(request);
        if (request.IsForced && string.IsNullOrWhiteSpace(request.Reason))
        {
            return MoveErrors.ReasonMissing;
        }

        var seen = await changeStage.FindAsync(group, cancellationToken);
        var wanted = to ?? (Stage)((int)seen.Stage - 1);
        if (seen.Stage == Stage.Copy && wanted == Stage.Copy)
        {
            // A way back that was broken off, as when SQL went down, is gone to its end.
            return await GiveBackAsync(group, seen, request, cancellationToken);
        }

        if (seen.Stage == Stage.Kv || wanted >= seen.Stage)
        {
            return MoveErrors.NowhereToGo(seen.Stage, to is null ? "before" : $"'{wanted.ToText()}' before");
        }

        Result<StageDocument> moved = seen;
        while (moved.Error is null && moved.Value.Stage > wanted)
        {
            moved = moved.Value.Stage switch
            {
                Stage.SqlOnly => await ToSqlAsync(group, moved.Value, request, cancellationToken),
                Stage.Sql => await ToCopyAsync(group, moved.Value, request, cancellationToken),
                _ => await ToKvAsync(group, moved.Value, request, cancellationToken),
            };
        }

        return moved;
    }

    /// <summary>Every write is mirrored first; when all instances do so, the rest is, and the stage changes when nothing is missing.</summary>
    private async Task<Result<StageDocument>> ToSqlAsync(EntityGroup group, StageDocument seen, MoveRequest request, CancellationToken cancellationToken)
    {
        var returning = seen.IsReturning
            ? seen
            : await changeStage.ExecuteAsync(group, seen, document => document with { IsReturning = true }, request, cancellationToken);
        if (returning.Error is not null)
        {
            return returning;
        }

        await changeStage.SettleAsync(group, returning.Value, cancellationToken);
        var run = await runSweep.ExecuteAsync(group, RunKind.Mirror, request.Who, new SweepOptions(), request.Progress, cancellationToken);
        if (run.Error is { } busy)
        {
            return busy;
        }

        var counters = run.Value.Counters;
        return counters.Unsettled + counters.Mismatched + counters.Failed > 0
            ? MoveErrors.GateClosed(
                [$"{counters.Unsettled} keys are not mirrored, {counters.Mismatched} differ, {counters.Failed} cannot be read ('migration quarantine <key>' puts such a value aside). Every write is mirrored meanwhile; roll back again."])
            : await ReturnAsync(group, returning.Value, request, cancellationToken);
    }

    /// <summary>The key-value store accepts writes of its own only when no instance takes SQL for the only store any more.</summary>
    private async Task<Result<StageDocument>> ReturnAsync(EntityGroup group, StageDocument returning, MoveRequest request, CancellationToken cancellationToken)
    {
        var strict = await changeStage.ExecuteAsync(
            group,
            returning,
            document => document with { Stage = Stage.Sql, IsReturning = false, IsLeaving = true, Percent = 100 },
            request,
            cancellationToken);
        if (strict.Error is not null)
        {
            return strict;
        }

        await changeStage.SettleAsync(group, strict.Value, cancellationToken);
        return await changeStage.ExecuteAsync(group, strict.Value, document => document with { IsLeaving = false }, request, cancellationToken);
    }

    private async Task<Result<StageDocument>> ToCopyAsync(EntityGroup group, StageDocument seen, MoveRequest request, CancellationToken cancellationToken)
    {
        if (request.IsForced && options.AcknowledgesWithoutKv && !request.AcceptsLoss)
        {
            return MoveErrors.LossNotAccepted(seen.ChangedAt);
        }

        var changed = await changeStage.ExecuteAsync(
            group, seen, document => document with { Stage = Stage.Copy, Percent = 0, IsLeaving = false }, request, cancellationToken);
        return changed.Error is null ? await GiveBackAsync(group, changed.Value, request, cancellationToken) : changed;
    }

    private async Task<Result<StageDocument>> ToKvAsync(EntityGroup group, StageDocument seen, MoveRequest request, CancellationToken cancellationToken)
    {
        var given = await GiveBackAsync(group, seen, request, cancellationToken);
        return given.Error is null
            ? await changeStage.ExecuteAsync(group, seen, document => document with { Stage = Stage.Kv }, request, cancellationToken)
            : given;
    }

    /// <summary>The key-value store takes every key that is SQL's.</summary>
    private async Task<Result<StageDocument>> GiveBackAsync(EntityGroup group, StageDocument document, MoveRequest request, CancellationToken cancellationToken)
    {
        // An instance that still goes by the old stage would hand a key over again behind the walk.
        await changeStage.SettleAsync(group, document, cancellationToken);
        if (request.IsForced)
        {
            await ForceAsync(group, cancellationToken);
            return document;
        }

        var run = await runSweep.ExecuteAsync(group, RunKind.HandBack, request.Who, new SweepOptions(), request.Progress, cancellationToken);
        return run.Match<Result<StageDocument>>(
            ended => ended.Counters.Unsettled > 0
                ? MoveErrors.GateClosed([$"{ended.Counters.Unsettled} keys could not be given back. Roll back again; with SQL down, by force."])
                : document,
            refusal => refusal);
    }

    /// <summary>Without SQL, and without a run, which SQL would have to note.</summary>
    private async Task ForceAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        foreach (var prefix in WalkKeys.PrefixesOf(group))
        {
            await foreach (var listed in store.ListAllAsync(prefix, cancellationToken))
            {
                if (group.FindEntity(listed.Name) is not null && KeyHead.Read(listed.Metadata) is { IsOwnedBySql: true })
                {
                    await handBack.ForceAsync(listed.Name, cancellationToken);
                }
            }
        }
    }
}
