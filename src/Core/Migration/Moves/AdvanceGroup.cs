using System.Globalization;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Moves;

/// <summary>Moves a group one stage on, the whole way, or says why it cannot be moved (rule M41).</summary>
public sealed class AdvanceGroup(ChangeStage changeStage, RunSweep runSweep, ReplayIntents replay, IGroupExport export, IKeyValueStore store, TimeProvider clock)
{
    /// <summary>How long a group stays in stage sql with all its keys before it may leave the key-value store.</summary>
    private static readonly Duration SettlesFor = Duration.FromHours(1);

    /// <summary>Moves a group.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task<Result<StageDocument>> ExecuteAsync(EntityGroup group, MoveRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(request);
        var seen = await changeStage.FindAsync(group, cancellationToken);
        return FindRefusal(seen, request) is { } refusal ? refusal : seen.Stage switch
        {
            Stage.Kv => await ToCopyAsync(group, seen, request, cancellationToken),
            Stage.Copy => await ToSqlAsync(group, seen, request, cancellationToken),
            Stage.Sql when seen.Percent < 100 || request.Percent is not null => await ToSqlAsync(group, seen, request, cancellationToken),
            Stage.Sql => await ToSqlOnlyAsync(group, seen, request, cancellationToken),
            _ => MoveErrors.NowhereToGo(seen.Stage, "after"),
        };
    }

    /// <summary>Moves a group that was seen in stage kv to stage copy, and nowhere else: one that somebody else has moved meanwhile stays where it is.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task<Result<StageDocument>> EnterCopyAsync(EntityGroup group, StageDocument seen, MoveRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(request);
        return FindRefusal(seen, request) is { } refusal ? refusal : await ToCopyAsync(group, seen, request, cancellationToken);
    }

    private static Error? FindRefusal(StageDocument seen, MoveRequest request) =>
        request.IsForced && string.IsNullOrWhiteSpace(request.Reason) ? MoveErrors.ReasonMissing
        : seen.FrozenBecause is { } reason ? MoveErrors.GateClosed([$"It is frozen: {reason}"])
        : null;

    private async Task<Result<StageDocument>> ToCopyAsync(EntityGroup group, StageDocument seen, MoveRequest request, CancellationToken cancellationToken)
    {
        // The schema is there, and the keys can be listed: both throw where they are not.
        await group.Sql.CountAsync(cancellationToken);
        await store.ListAsync(new KeyQuery(WalkKeys.PrefixesOf(group)[0], Limit: 1), cancellationToken);
        return await changeStage.ExecuteAsync(group, seen, document => document with { Stage = Stage.Copy, Percent = 0 }, request, cancellationToken);
    }

    private async Task<Result<StageDocument>> ToSqlAsync(EntityGroup group, StageDocument seen, MoveRequest request, CancellationToken cancellationToken)
    {
        var percent = request.Percent ?? 100;
        var reasons = seen.Stage == Stage.Copy ? await FindReasonsAgainstSqlAsync(group, seen, cancellationToken)
            : percent < seen.Percent ? [$"{seen.Percent} % of the keys are handed over already; a smaller share is a rollback."]
            : [];
        if (reasons.Count > 0)
        {
            return MoveErrors.GateClosed(reasons);
        }

        var changed = await changeStage.ExecuteAsync(group, seen, document => document with { Stage = Stage.Sql, Percent = percent }, request, cancellationToken);
        if (changed.Error is not null)
        {
            return changed;
        }

        var run = await runSweep.ExecuteAsync(group, RunKind.HandOver, request.Who, new SweepOptions { Percent = percent }, request.Progress, cancellationToken);
        return run.Match(ended => StaysBehind(ended) is { Count: > 0 } behind ? MoveErrors.GateClosed(behind) : changed, refusal => refusal);
    }

    private static async Task<List<string>> FindReasonsAgainstSqlAsync(EntityGroup group, StageDocument stage, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        var last = await LastCopy.FindAsync(group, stage, cancellationToken);
        if (last is null)
        {
            reasons.Add("No backfill has walked all keys yet: run 'migration backfill' first.");
        }
        else if (last.Counters.Unsettled + last.Counters.Mismatched > 0)
        {
            reasons.Add(Text($"The last backfill left {last.Counters.Unsettled} keys unsettled and {last.Counters.Mismatched} different: run it again."));
        }

        var counts = await group.Sql.CountAsync(cancellationToken);
        if (counts.Failed > 0)
        {
            reasons.Add(Text($"{counts.Failed} keys cannot be read: mend them, or put them aside with 'migration quarantine <key>'."));
        }

        return reasons;
    }

    /// <summary>What keeps keys where they were although they should have moved.</summary>
    private static List<string> StaysBehind(MigrationRun run) => run.Counters.Failed + run.Counters.Unsettled + run.Counters.Mismatched > 0
        ? [Text($"{run.Counters.Failed} keys cannot be read, {run.Counters.Unsettled} did not settle, {run.Counters.Mismatched} differ; they stayed in the key-value store. Look at the errors, and advance again.")]
        : [];

    private async Task<Result<StageDocument>> ToSqlOnlyAsync(EntityGroup group, StageDocument seen, MoveRequest request, CancellationToken cancellationToken)
    {
        var since = Clock.IsoPattern.Parse(seen.History.LastOrDefault(change => change.Stage != Stage.Sql || change.Epoch == seen.Epoch)?.ChangedAt ?? seen.ChangedAt);
        if (!request.IsForced && !seen.IsLeaving && since.Success && clock.GetInstant() - since.Value < SettlesFor)
        {
            return MoveErrors.GateClosed([$"It is in stage sql since {since.Value.ToIso()} only; it should prove itself for an hour. Force it with a reason to go on now."]);
        }

        // From here on the key-value store accepts no write of its own any more, so that what follows is final.
        var leaving = await changeStage.ExecuteAsync(group, seen, document => document with { IsLeaving = true }, request, cancellationToken);
        if (leaving.Error is not null)
        {
            return leaving;
        }

        await changeStage.SettleAsync(group, leaving.Value, cancellationToken);
        var run = await runSweep.ExecuteAsync(group, RunKind.HandOver, request.Who, new SweepOptions(), request.Progress, cancellationToken);
        if (run.Error is { } busy)
        {
            return await StayAsync(group, leaving.Value, request, [busy.Detail], cancellationToken);
        }

        var counts = await group.Sql.CountAsync(cancellationToken);
        var reasons = StaysBehind(run.Value);
        var unfinished = await replay.ExecuteAsync(TimeSpan.Zero, cancellationToken);
        reasons.AddRange(unfinished.Where(one => one.Stored.Intent.Group == group.Name).Select(one => one.ToString()));
        if (counts.OwnedByKv > 0)
        {
            reasons.Add(Text($"{counts.OwnedByKv} keys are still the key-value store's."));
        }

        if (reasons.Count > 0)
        {
            return await StayAsync(group, leaving.Value, request, reasons, cancellationToken);
        }

        await export.ExecuteAsync(group, cancellationToken);
        var left = await changeStage.ExecuteAsync(
            group, leaving.Value, document => document with { Stage = Stage.SqlOnly, IsLeaving = false, Percent = 0 }, request, cancellationToken);
        if (left.Error is null)
        {
            await changeStage.SettleAsync(group, left.Value, cancellationToken);
        }

        return left;
    }

    private async Task<Result<StageDocument>> StayAsync(
        EntityGroup group, StageDocument leaving, MoveRequest request, IReadOnlyList<string> reasons, CancellationToken cancellationToken)
    {
        var stayed = await changeStage.ExecuteAsync(group, leaving, document => document with { IsLeaving = false }, request, cancellationToken);
        return stayed.Error ?? MoveErrors.GateClosed(reasons);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
