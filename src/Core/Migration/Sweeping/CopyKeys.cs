using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Sweeping;

/// <summary>Copies many keys that the key-value store owns to SQL, in one transaction with the run's checkpoint.</summary>
public sealed class CopyKeys(HeadedStore heads, TimeProvider clock)
{
    /// <summary>Reads the keys, and what their rows would be.</summary>
    /// <param name="keys">The keys, in order.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    public async Task<KeysToCopy> ReadAsync(IReadOnlyList<WalkedKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var copies = await heads.ReadManyAsync([.. keys.Select(key => key.Key.Name)], cancellationToken);
        var candidates = new List<CopyCandidate>(keys.Count);
        foreach (var walked in keys)
        {
            // A key that expired or was deleted since it was listed is settled by itself.
            if (copies.TryGetValue(walked.Key.Name, out var copy) && !copy.State.IsOwnedBySql)
            {
                candidates.Add(new(
                    KeyWrite.Put(walked.Key.Entity, walked.Key.Name, copy.State, copy.State.Version, copy.Value, keepsText: true), copy.HasHead, walked.Sync));
            }
        }

        return new(keys, candidates);
    }

    /// <summary>Copies keys that were read; those that are SQL's by now, or that SQL knows better, are left alone.</summary>
    /// <param name="read">The keys, as they were read.</param>
    /// <param name="run">The run, whose checkpoint and counters are stored with them.</param>
    /// <param name="cancellationToken">Ends it; nothing of it is then done.</param>
    /// <exception cref="StorageException">SQL did not answer, or refused.</exception>
    /// <exception cref="RunFencedException">Another run has taken the place of this one.</exception>
    public Task<MigrationRun> WriteAsync(KeysToCopy read, MigrationRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(run);
        var keys = read.Keys;
        return keys[0].Key.Group.Sql.InTransactionAsync(
            async transaction =>
            {
                var copied = await CopyAsync(transaction, read.Candidates);
                var counters = copied.Aggregate(new RunCounters(), Count);
                counters = counters with { Seen = keys.Count, Unchanged = keys.Count - counters.Copied - counters.Failed };
                var next = run with { Counters = run.Counters.Plus(counters), UpdatedAt = clock.GetInstant() };
                await keys[0].Key.Group.Runs.SaveAsync(next, cancellationToken);
                return next;
            },
            cancellationToken);
    }

    /// <summary>Copies what is newer than what SQL has; all of it is new the first time, and added as such.</summary>
    private static async Task<IReadOnlyList<KeyWrite>> CopyAsync(ISyncTransaction transaction, IReadOnlyList<CopyCandidate> candidates)
    {
        var isFirstCopy = candidates.All(candidate => candidate.Walked == SyncState.Unknown);
        var added = isFirstCopy ? await transaction.AddAsync([.. candidates.Select(candidate => candidate.Write)]) : [];
        if (added.Count == candidates.Count)
        {
            return added;
        }

        // What was added is passed over below, as all that SQL knows.
        var current = await transaction.LockAsync([.. candidates.Select(candidate => candidate.Write.Key)]);
        var newer = candidates.Select(candidate => NextOf(candidate, current[candidate.Write.Key])).OfType<KeyWrite>().ToList();
        await transaction.SaveAsync(newer);
        return [.. added, .. newer];
    }

    /// <summary>What SQL is to take of a key; null when it knows it, or knows better.</summary>
    private static KeyWrite? NextOf(CopyCandidate candidate, SyncState current)
    {
        var write = candidate.Write;
        if (current == SyncState.Unknown || write.Sync.State.IsNewerThan(current.State))
        {
            return write;
        }

        // Without a head only the value tells whether somebody has changed it; the counting goes on where it was. Where SQL took another state since the key was
        // listed, a write of this engine has come between, and what was read before it is no change of it.
        var isChangedWithoutHead = !candidate.HasHead && current == candidate.Walked && current.State.Term == 0
            && (write.Sync.Hash != current.Hash || current.State.DeletedAt is not null);
        return isChangedWithoutHead
            ? write with { Sync = write.Sync with { State = write.Sync.State with { Version = current.State.Version, Operations = current.State.Operations } } }
            : null;
    }

    private static RunCounters Count(RunCounters counters, KeyWrite write) => counters with
    {
        Copied = counters.Copied + (write.Sync.Error is null ? 1 : 0),
        Failed = counters.Failed + (write.Sync.Error is null ? 0 : 1),
        Quarantined = counters.Quarantined + (write.Value?.Rejected.Count > 0 ? 1 : 0),
    };
}

/// <summary>Keys that were read to be copied.</summary>
/// <param name="Keys">All of them, in order.</param>
/// <param name="Candidates">Those that the key-value store has and owns.</param>
public sealed record KeysToCopy(IReadOnlyList<WalkedKey> Keys, IReadOnlyList<CopyCandidate> Candidates);

/// <summary>What a key may get in SQL.</summary>
/// <param name="Write">What its rows would be.</param>
/// <param name="HasHead">Whether the value says where it stands.</param>
/// <param name="Walked">What SQL knew of the key before it was read.</param>
public sealed record CopyCandidate(KeyWrite Write, bool HasHead, SyncState Walked);
