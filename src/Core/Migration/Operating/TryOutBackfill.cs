using System.Globalization;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>What a backfill would do: everything is read and parsed, and nothing is written.</summary>
public sealed class TryOutBackfill(WalkKeys walk, HeadedStore heads, TimeProvider clock)
{
    private const int PartSize = 500;

    /// <summary>Reads a group.</summary>
    /// <exception cref="KeyValueException">The key-value store does not answer.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    public async Task<Outcome> ExecuteAsync(EntityGroup group, MoveRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(request);
        var run = new MigrationRun("dry-run", group.Name, RunKind.Backfill, Fence: 0, clock.GetInstant(), request.Who);
        var keys = new List<NamedKey>();
        var part = new List<WalkedKey>(PartSize);
        await foreach (var key in walk.ExecuteAsync(group, after: null, cancellationToken))
        {
            part.Add(key);
            if (part.Count == PartSize)
            {
                run = await ReadAsync(part, run, keys, cancellationToken);
                request.Progress?.Report(run);
                part.Clear();
            }
        }

        run = await ReadAsync(part, run, keys, cancellationToken) with { Status = RunStatus.Completed, EndedAt = clock.GetInstant() };
        var counters = run.Counters;
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"{group.Name}: {counters.Seen} keys seen, {counters.Copied} would be copied, {counters.Unchanged} are there already, {counters.Expired} are over their time, {counters.Failed} cannot be read, {counters.Quarantined} have elements that do not parse; nothing was written"))
        {
            Run = run,
            HasProblems = counters.Failed > 0,
            Keys = keys,
        };
    }

    private async Task<MigrationRun> ReadAsync(List<WalkedKey> part, MigrationRun run, List<NamedKey> named, CancellationToken cancellationToken)
    {
        var copies = await heads.ReadManyAsync([.. part.Where(key => key.IsInKv).Select(key => key.Key.Name)], cancellationToken);
        var now = clock.GetInstant();
        var counters = part.Aggregate(
            run.Counters, (sum, key) => sum.Plus(Look(key, copies.GetValueOrDefault(key.Key.Name), now, named) with { Seen = 1 }));
        return run with { Counters = counters, Checkpoint = part.Count > 0 ? part[^1].Key.Name : run.Checkpoint, UpdatedAt = now };
    }

    private static RunCounters Look(WalkedKey walked, KeyCopy? copy, Instant now, List<NamedKey> named)
    {
        if (copy is null || copy.State.IsOwnedBySql || copy.State.DeletedAt is not null)
        {
            return new() { Unchanged = 1 };
        }

        if (copy.State.HasExpiredAt(now))
        {
            return new() { Expired = 1 };
        }

        var converted = walked.Key.Entity.Convert(walked.Key.Name, copy.Value);
        if (converted.Error is { } error)
        {
            named.Add(new(walked.Key.Name, $"error: {error}"));
            return new() { Failed = 1 };
        }

        named.AddRange(converted.Rejected.Select(element => new NamedKey(walked.Key.Name, $"quarantined at {element.Place}: {element.Reason}")));
        var quarantined = converted.Rejected.Count > 0 ? 1 : 0;
        return walked.IsSettled ? new() { Unchanged = 1, Quarantined = quarantined } : new() { Copied = 1, Quarantined = quarantined };
    }
}
