using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>SQL in the model: transactions one after the other, each of which may fail before its commit, or after it without its answer arriving.</summary>
internal sealed class ScheduledSql(Schedule schedule) : ISyncStore
{
    private SortedDictionary<string, (SyncState Sync, ReadOnlyMemory<byte>? Rows)> keys = new(StringComparer.Ordinal);
    private Actor? writer;

    public bool IsDown { get; set; }

    /// <summary>Rows that do not render what they were made from.</summary>
    public bool LosesRows { get; set; }

    public double FaultRate { get; set; }

    public SyncedKey Peek(string key) => keys.TryGetValue(key, out var row) ? new(row.Sync, row.Rows) : new(SyncState.Unknown, null);

    /// <summary>What a restored backup or a foreign hand does.</summary>
    public void Poke(string key, SyncedKey was) => keys[key] = (was.Sync, was.Rows);

    public Task<SyncState> ReadStateAsync(string key, CancellationToken cancellationToken) => ReadAsync(() => Peek(key).Sync);

    public Task<SyncedKey> ReadAsync(IEntity entity, string key, CancellationToken cancellationToken) =>
        ReadAsync(() => LosesRows ? Peek(key) with { Rows = null } : Peek(key));

    public Task<IReadOnlyList<SyncedKey>> ReadManyAsync(IReadOnlyList<ManagedKey> keys, CancellationToken cancellationToken) =>
        ReadAsync(() => (IReadOnlyList<SyncedKey>)[.. keys.Select(key => Peek(key.Name))]);

    public Task<IReadOnlyList<ListedSync>> ListAsync(string prefix, string? after, int atMost, CancellationToken cancellationToken) => ReadAsync(() =>
        (IReadOnlyList<ListedSync>)[.. keys
            .Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal) && (after is null || string.CompareOrdinal(row.Key, after) > 0))
            .Take(atMost)
            .Select(row => new ListedSync(row.Key, row.Value.Sync))]);

    public Task<IReadOnlyList<ManagedKey>> ListRowKeysAsync(EntityGroup group, CancellationToken cancellationToken) => ReadAsync(() =>
        (IReadOnlyList<ManagedKey>)[.. keys.Where(row => row.Value.Rows is not null).Select(row => ManagedKey.Of(group, row.Key))]);

    public Task<SyncCounts> CountAsync(CancellationToken cancellationToken) => ReadAsync(() => new SyncCounts(
        keys.Count,
        keys.Count(row => row.Value.Sync.State.IsOwnedBySql),
        keys.Count(row => row.Value.Sync is { State.IsOwnedBySql: true } sync && sync.MirroredVersion < sync.State.Version),
        keys.Count(row => row.Value.Sync.Error is not null),
        Quarantined: 0));

    public async Task<T> InTransactionAsync<T>(Func<ISyncTransaction, Task<T>> body, CancellationToken cancellationToken)
    {
        do
        {
            await schedule.StepAsync();
        }
        while (writer is { IsDead: false });

        ThrowWhenDown();
        var me = schedule.Current!;
        writer = me;
        me.OnKilled = Leave;
        try
        {
            var transaction = new Transaction(new(keys, StringComparer.Ordinal));
            var result = await body(transaction);
            ThrowWhenDown();
            keys = transaction.Keys;
            return schedule.Chance(FaultRate / 2) ? throw Failure() : result;
        }
        finally
        {
            me.OnKilled = null;
            Leave();
        }

        void Leave() => writer = writer == me ? null : writer;
    }

    private async Task<T> ReadAsync<T>(Func<T> read)
    {
        await schedule.StepAsync();
        ThrowWhenDown();
        return read();
    }

    private void ThrowWhenDown()
    {
        if (IsDown || schedule.Chance(FaultRate / 2))
        {
            throw Failure();
        }
    }

    private static StorageException Failure() => new("model", "call", null);

    private sealed class Transaction(SortedDictionary<string, (SyncState Sync, ReadOnlyMemory<byte>? Rows)> keys) : ISyncTransaction
    {
        public SortedDictionary<string, (SyncState Sync, ReadOnlyMemory<byte>? Rows)> Keys { get; } = keys;

        public Task<IReadOnlyDictionary<string, SyncState>> LockAsync(IReadOnlyCollection<string> keys) => Task.FromResult<IReadOnlyDictionary<string, SyncState>>(
            keys.ToDictionary(key => key, key => Keys.TryGetValue(key, out var row) ? row.Sync : SyncState.Unknown));

        public async Task<IReadOnlyList<KeyWrite>> AddAsync(IReadOnlyList<KeyWrite> writes)
        {
            List<KeyWrite> added = [.. writes.Where(write => !Keys.ContainsKey(write.Key))];
            await SaveAsync(added);
            return added;
        }

        public Task<ReadOnlyMemory<byte>?> LoadAsync(IEntity entity, string key) => Task.FromResult(Keys.TryGetValue(key, out var row) ? row.Rows : null);

        public Task SaveAsync(IReadOnlyList<KeyWrite> writes)
        {
            foreach (var write in writes)
            {
                if (write.Rows == RowChange.Forget)
                {
                    Keys.Remove(write.Key);
                    continue;
                }

                Keys[write.Key] = (write.Sync, write.Rows switch
                {
                    RowChange.Replace => write.Value!.Value,
                    RowChange.Remove => null,
                    _ => Keys.TryGetValue(write.Key, out var row) ? row.Rows : null,
                });
            }

            return Task.CompletedTask;
        }
    }
}
