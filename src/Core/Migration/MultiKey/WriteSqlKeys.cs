using System.Text.Json;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>Changes several keys that SQL owns in one transaction, and then their mirrors.</summary>
public sealed class WriteSqlKeys(WriteSqlKey writeOne, HandBack handBack, TimeProvider clock)
{
    /// <summary>One try; null when a key changed its owner under it.</summary>
    internal async Task<Result<KeysWritten>?> ExecuteAsync(
        MultiKeyWrite write, IReadOnlyDictionary<string, KeyCopy>? copies, bool mirrors, WriteAttempt attempt, CancellationToken cancellationToken)
    {
        var step = await write.Group.Sql.InTransactionAsync(transaction => ChangeAsync(transaction, write, copies, attempt), cancellationToken);
        foreach (var key in step.OfAnotherOwner)
        {
            await handBack.FinishAsync(key, cancellationToken);
        }

        if (step.Result is not { Error: null } || !mirrors)
        {
            return step.Result;
        }

        foreach (var (key, state, written) in step.Changed)
        {
            var mirrored = await writeOne.AcknowledgeAsync(key, state, written, cancellationToken);
            if (mirrored is not { Error: null })
            {
                return mirrored is { Error: { } error } ? error : (Result<KeysWritten>?)null;
            }
        }

        return step.Result;
    }

    private async Task<Step> ChangeAsync(ISyncTransaction transaction, MultiKeyWrite write, IReadOnlyDictionary<string, KeyCopy>? copies, WriteAttempt attempt)
    {
        var now = clock.GetInstant();
        await transaction.LockAsync([.. write.Keys.Select(key => key.Name)]);
        var locked = new List<(ManagedKey Key, SyncState Sync, ReadOnlyMemory<byte>? Value)>();
        foreach (var key in write.Keys)
        {
            var sync = await WriteSqlKey.LockAsync(transaction, key, copies?[key.Name]);
            locked.Add((key, sync, sync.State.HasValueAt(now) ? await transaction.LoadAsync(key.Entity, key.Name) : null));
        }

        if (locked.Exists(one => !one.Sync.State.IsOwnedBySql))
        {
            return new(null, [], [.. locked.Where(one => !one.Sync.State.IsOwnedBySql).Select(one => one.Key)]);
        }

        var before = locked.Where(one => one.Sync.State.Operations.Contains(write.Id)).ToList();
        if (before.Count > 0)
        {
            return new(KeysWritten.Before, [.. before.Select(one => (one.Key, one.Sync.State, new KeyWritten(one.Value, WasDoneBefore: true)))], []);
        }

        if (locked.Exists(one => attempt.MayBeForgotten(one.Key.Name, one.Sync.State)))
        {
            return new(WriteAttempt.Uncertain(), [], []);
        }

        var decided = write.Operation.Decide(write.Arguments, locked.ToDictionary(one => one.Key.Name, one => one.Value, StringComparer.Ordinal));
        return decided.Error is { } refusal ? new(refusal, [], []) : await SaveAsync(transaction, write, locked, decided.Value, attempt);
    }

    private async Task<Step> SaveAsync(
        ISyncTransaction transaction,
        MultiKeyWrite write,
        List<(ManagedKey Key, SyncState Sync, ReadOnlyMemory<byte>? Value)> locked,
        JsonElement decision,
        WriteAttempt attempt)
    {
        var now = clock.GetInstant();
        var changed = new List<(ManagedKey Key, KeyState State, KeyWritten Written)>();
        var writes = new List<KeyWrite>();
        foreach (var (key, sync, value) in locked)
        {
            var wanted = write.Operation.Change(write.Arguments, decision, key.Name, value);
            var (state, bytes) = WriteKey.Next(sync.State, write.Id, wanted, now);
            attempt.Try(key.Name, state);
            writes.Add(KeyWrite.Put(key.Entity, key.Name, state, sync.MirroredVersion, bytes, keepsText: false));
            changed.Add((key, state, new KeyWritten(wanted.Value, WasDoneBefore: false)));
        }

        await transaction.SaveAsync(writes);
        return new(new KeysWritten(decision, WasDoneBefore: false), changed, []);
    }

    /// <summary>What became of the operation in the transaction; no result when a key has another owner.</summary>
    private sealed record Step(
        Result<KeysWritten>? Result, IReadOnlyList<(ManagedKey Key, KeyState State, KeyWritten Written)> Changed, IReadOnlyList<ManagedKey> OfAnotherOwner);
}
