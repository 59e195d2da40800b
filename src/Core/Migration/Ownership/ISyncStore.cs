using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>The SQL side of a group: rows, and where each of its keys stands.</summary>
public interface ISyncStore
{
    /// <summary>Where a key stands; <see cref="SyncState.Unknown"/> when SQL does not know it.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<SyncState> ReadStateAsync(string key, CancellationToken cancellationToken);

    /// <summary>Where the keys behind another one stand, in the order of their UTF-8 bytes.</summary>
    /// <param name="prefix">What they begin with.</param>
    /// <param name="after">The key to go on behind; null begins.</param>
    /// <param name="atMost">The most to answer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<IReadOnlyList<ListedSync>> ListAsync(string prefix, string? after, int atMost, CancellationToken cancellationToken);

    /// <summary>A key and its rows, as they were at one moment.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<SyncedKey> ReadAsync(IEntity entity, string key, CancellationToken cancellationToken);

    /// <summary>Several keys and their rows, in the order of the keys, as they were at one moment.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<IReadOnlyList<SyncedKey>> ReadManyAsync(IReadOnlyList<ManagedKey> keys, CancellationToken cancellationToken);

    /// <summary>The keys that there are rows of, in any order, also those that SQL has never seen as keys; not those whose rows outlast them.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<IReadOnlyList<ManagedKey>> ListRowKeysAsync(EntityGroup group, CancellationToken cancellationToken);

    /// <summary>How many keys SQL knows, by how they stand.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<SyncCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>Runs a body as one transaction: committed when it completes, rolled back whole when it throws.</summary>
    /// <exception cref="StorageException">The database refused. When the connection broke at the commit, it may have been done.</exception>
    Task<T> InTransactionAsync<T>(Func<ISyncTransaction, Task<T>> body, CancellationToken cancellationToken);
}

/// <summary>A transaction on keys and their rows.</summary>
public interface ISyncTransaction
{
    /// <summary>Locks keys until the transaction ends, always in the same order, and tells where they stand.</summary>
    Task<IReadOnlyDictionary<string, SyncState>> LockAsync(IReadOnlyCollection<string> keys);

    /// <summary>Writes keys that SQL does not know, with their rows, and locks them; those that it knows are left alone. Those that were written are answered.</summary>
    Task<IReadOnlyList<KeyWrite>> AddAsync(IReadOnlyList<KeyWrite> writes);

    /// <summary>What a key's rows render; null when there are none.</summary>
    Task<ReadOnlyMemory<byte>?> LoadAsync(IEntity entity, string key);

    /// <summary>Writes the states of locked keys, and what becomes of their rows.</summary>
    Task SaveAsync(IReadOnlyList<KeyWrite> writes);
}
