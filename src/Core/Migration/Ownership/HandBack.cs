using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>Gives a key that SQL owns back to the key-value store.</summary>
public sealed class HandBack(HeadedStore heads)
{
    /// <summary>SQL raises the term, then the key-value store takes the key; what was begun and not finished is finished.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task ExecuteAsync(ManagedKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await FinishAsync(key, await key.Group.Sql.InTransactionAsync(transaction => GiveAsync(transaction, key), cancellationToken), cancellationToken);
    }

    /// <summary>The key-value store takes a key that SQL has given; one that SQL owns is left alone.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task FinishAsync(ManagedKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var given = await key.Group.Sql.ReadAsync(key.Entity, key.Name, cancellationToken);
        if (!given.Sync.State.IsOwnedBySql)
        {
            await FinishAsync(key, given, cancellationToken);
        }
    }

    private async Task FinishAsync(ManagedKey key, SyncedKey given, CancellationToken cancellationToken)
    {
        // Of a key that SQL does not know it has nothing to give, and what the key-value store may have stays.
        while (given.Sync != SyncState.Unknown)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copy = await heads.ReadAsync(key.Name, cancellationToken);
            if (copy.HasHead && copy.State.Term >= given.Sync.State.Term)
            {
                return;
            }

            // Where SQL has written nothing, the key keeps its own text.
            var isUnchanged = copy.HasHead && copy.State.Version == given.Sync.State.Version;
            var value = isUnchanged ? copy.Value : given.Value ?? ReadOnlyMemory<byte>.Empty;
            if (await heads.TryWriteAsync(key.Name, copy, given.Sync.State, value, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>The key-value store takes the key without SQL. It has every write that was acknowledged, so nothing is lost (rule M5).</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    public async Task ForceAsync(string key, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copy = await heads.ReadAsync(key, cancellationToken);
            if (!copy.State.IsOwnedBySql || await heads.TryWriteAsync(key, copy, copy.State.WithNextOwner(), copy.Value, cancellationToken))
            {
                return;
            }
        }
    }

    private static async Task<SyncedKey> GiveAsync(ISyncTransaction transaction, ManagedKey key)
    {
        var current = await transaction.LockAsync(key.Name);
        var given = current.State.IsOwnedBySql ? current with { State = current.State.WithNextOwner() } : current;
        if (given != current)
        {
            await transaction.SaveAsync(KeyWrite.Keep(key.Entity, key.Name, given));
        }

        return new(given, await transaction.LoadAsync(key.Entity, key.Name));
    }
}
