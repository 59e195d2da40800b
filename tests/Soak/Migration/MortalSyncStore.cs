using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;

namespace TraderHub.Soak.Migration;

/// <summary>
/// The SQL side of a group. One may die in a transaction with its keys locked, with its rows written and nothing committed, and after the commit.
/// </summary>
internal sealed class MortalSyncStore(ISyncStore store, Death death) : ISyncStore
{
    public Task<SyncState> ReadStateAsync(string key, CancellationToken cancellationToken) => store.ReadStateAsync(key, cancellationToken);

    public Task<IReadOnlyList<ListedSync>> ListAsync(string prefix, string? after, int atMost, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, after, atMost, cancellationToken);

    public Task<SyncedKey> ReadAsync(IEntity entity, string key, CancellationToken cancellationToken) => store.ReadAsync(entity, key, cancellationToken);

    public Task<IReadOnlyList<SyncedKey>> ReadManyAsync(IReadOnlyList<ManagedKey> keys, CancellationToken cancellationToken) => store.ReadManyAsync(keys, cancellationToken);

    public Task<IReadOnlyList<ManagedKey>> ListRowKeysAsync(EntityGroup group, CancellationToken cancellationToken) => store.ListRowKeysAsync(group, cancellationToken);

    public Task<SyncCounts> CountAsync(CancellationToken cancellationToken) => store.CountAsync(cancellationToken);

    public async Task<T> InTransactionAsync<T>(Func<ISyncTransaction, Task<T>> body, CancellationToken cancellationToken)
    {
        var keys = string.Empty;
        var result = await store.InTransactionAsync(
            async transaction =>
            {
                var mortal = new Transaction(transaction, death);
                var made = await body(mortal);
                keys = mortal.Keys;
                death.At($"before SQL commit {keys}");
                return made;
            },
            cancellationToken);
        death.At($"after SQL commit {keys}");
        return result;
    }

    private sealed class Transaction(ISyncTransaction transaction, Death death) : ISyncTransaction
    {
        public string Keys { get; private set; } = string.Empty;

        public async Task<IReadOnlyDictionary<string, SyncState>> LockAsync(IReadOnlyCollection<string> keys)
        {
            Keys = string.Join(' ', keys);
            var locked = await transaction.LockAsync(keys);
            death.At($"after SQL lock {Keys}");
            return locked;
        }

        public async Task<IReadOnlyList<KeyWrite>> AddAsync(IReadOnlyList<KeyWrite> writes)
        {
            Keys = string.Join(' ', writes.Select(write => write.Key));
            var added = await transaction.AddAsync(writes);
            death.At($"after SQL lock {Keys}");
            return added;
        }

        public Task<ReadOnlyMemory<byte>?> LoadAsync(IEntity entity, string key) => transaction.LoadAsync(entity, key);

        public Task SaveAsync(IReadOnlyList<KeyWrite> writes) => transaction.SaveAsync(writes);
    }
}
