using System.Collections.Concurrent;
using System.Globalization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Watching;

/// <summary>
/// Looks once a minute at how groups under way are served. What is out of bounds twice in a row is told; and moves the group back by one stage where that is set. What
/// cannot be measured is out of no bounds (rule M39).
/// </summary>
public sealed class WatchGroups(
    IEnumerable<OperatedGroup> groups, StageDocuments stages, ReadGroupWatch read, RollBackGroup rollBack, MigrationOptions options, TimeProvider clock)
{
    private const double LeastSuccess = 0.95;

    private const int SlowestMs = 200;

    /// <summary>The tables are looked through less often than the rest: it takes a walk over all of their rows.</summary>
    private const int MinutesBetweenTables = 10;

    private readonly ConcurrentDictionary<string, long> suspected = new(StringComparer.Ordinal);

    /// <summary>Looks at all groups; those that are out of bounds, and what was done about it, are answered.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    public async Task<IReadOnlyList<GroupAlert>> ExecuteAsync(CancellationToken cancellationToken)
    {
        var alerts = new List<GroupAlert>();
        foreach (var group in groups)
        {
            var stage = await stages.FindOrChooseAsync(group.Group, cancellationToken);
            if (!stage.Copies)
            {
                continue;
            }

            var breaches = await FindBreachesAsync(group, stage, cancellationToken);
            var isConfirmed = breaches.Count > 0 && suspected.TryGetValue(group.Name, out var epoch) && epoch == stage.Epoch;
            if (breaches.Count == 0)
            {
                suspected.TryRemove(group.Name, out _);
            }
            else
            {
                suspected[group.Name] = stage.Epoch;
            }

            if (isConfirmed)
            {
                alerts.Add(new(group.Name, breaches, await ActAsync(group, stage, breaches, cancellationToken)));
            }
        }

        return alerts;
    }

    private async Task<List<string>> FindBreachesAsync(OperatedGroup group, StageDocument stage, CancellationToken cancellationToken)
    {
        var breaches = new List<string>();
        if (stage.FrozenBecause is { } reason)
        {
            breaches.Add(reason);
        }

        var watch = await read.ExecuteAsync(group, stage, cancellationToken);
        if (watch?.WriteSuccess < LeastSuccess)
        {
            breaches.Add(Text($"Of {watch.Sql.Writes} writes to SQL {watch.Sql.FailedWrites} failed."));
        }

        if (watch?.Sql.Calls >= GroupWatch.FewestCalls && watch.Sql.IsSlowerThan(SlowestMs, 0.95))
        {
            breaches.Add(Text($"SQL's p95 is above {SlowestMs} ms, over {watch.Sql.Calls} calls."));
        }

        try
        {
            await AddDamageAsync(group, breaches, cancellationToken);
        }
        catch (StorageException)
        {
            // The writes tell that SQL is down; that its tables cannot be looked at says nothing about them.
        }

        return breaches;
    }

    private async Task AddDamageAsync(OperatedGroup group, List<string> breaches, CancellationToken cancellationToken)
    {
        var last = (await group.Group.Runs.ListAsync(group.Name, 20, cancellationToken)).FirstOrDefault(run => run.Status == RunStatus.Completed);
        if (last?.Counters.Mismatched > 0)
        {
            breaches.Add(Text($"{last.Counters.Mismatched} keys have different values in both stores."));
        }

        if (clock.GetInstant().ToUnixTimeSeconds() / 60 % MinutesBetweenTables <= 1)
        {
            breaches.AddRange((await group.Tables.FindDamageAsync(cancellationToken)).Select(damage => Text($"{damage.Table}: {damage.Description} ({damage.Count})")));
        }
    }

    /// <summary>Moves a group back where that is set; what came of it.</summary>
    private async Task<string?> ActAsync(OperatedGroup group, StageDocument seen, IReadOnlyList<string> breaches, CancellationToken cancellationToken)
    {
        if (!options.AutoRollback)
        {
            return null;
        }

        var before = (Stage)((int)seen.Stage - 1);
        var request = new MoveRequest(MigrationRun.ByItself) { Reason = string.Join(' ', breaches) };
        try
        {
            return Told(await rollBack.ExecuteAsync(group.Group, before, request, cancellationToken));
        }
        catch (StorageException)
        {
            // The key-value store has every acknowledged write, and takes the keys without SQL.
            return Told(await rollBack.ExecuteAsync(group.Group, before, request with { IsForced = true }, cancellationToken));
        }
    }

    private static string Told(Result<StageDocument> moved) => moved.Match(stage => $"It was moved back to stage {stage.Stage.ToText()}.", refusal => $"It was not moved back: {refusal.Detail}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A group that is out of bounds.</summary>
/// <param name="Group">The group.</param>
/// <param name="Breaches">What is wrong.</param>
/// <param name="Action">What was done about it; null when that is for an operator.</param>
public sealed record GroupAlert(string Group, IReadOnlyList<string> Breaches, string? Action);
