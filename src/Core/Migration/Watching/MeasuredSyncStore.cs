using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;

namespace TraderHub.Core.Migration.Watching;

/// <summary>The SQL side of a group for those who serve callers: what they ask is measured.</summary>
public sealed class MeasuredSyncStore(string group, ISyncStore store, EngineFigures figures) : ISyncStore
{
    /// <summary>The same for walks over keys, whose large transactions say nothing about how callers are served.</summary>
    public ISyncStore Unmeasured => store;

    /// <inheritdoc />
    public Task<SyncState> ReadStateAsync(string key, CancellationToken cancellationToken) =>
        figures.NoteSqlAsync(group, isWrite: false, _ => false, () => store.ReadStateAsync(key, cancellationToken));

    /// <inheritdoc />
    public Task<IReadOnlyList<ListedSync>> ListAsync(string prefix, string? after, int atMost, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, after, atMost, cancellationToken);

    /// <inheritdoc />
    public Task<SyncedKey> ReadAsync(IEntity entity, string key, CancellationToken cancellationToken) =>
        figures.NoteSqlAsync(group, isWrite: false, read => read.Sync.State.IsOwnedBySql, () => store.ReadAsync(entity, key, cancellationToken));

    /// <inheritdoc />
    public Task<IReadOnlyList<SyncedKey>> ReadManyAsync(IReadOnlyList<ManagedKey> keys, CancellationToken cancellationToken) => store.ReadManyAsync(keys, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ManagedKey>> ListRowKeysAsync(EntityGroup group, CancellationToken cancellationToken) => store.ListRowKeysAsync(group, cancellationToken);

    /// <inheritdoc />
    public Task<SyncCounts> CountAsync(CancellationToken cancellationToken) => store.CountAsync(cancellationToken);

    /// <inheritdoc />
    public Task<T> InTransactionAsync<T>(Func<ISyncTransaction, Task<T>> body, CancellationToken cancellationToken) =>
        figures.NoteSqlAsync(group, isWrite: true, _ => false, () => store.InTransactionAsync(body, cancellationToken));
}
