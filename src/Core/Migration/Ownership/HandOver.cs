using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>
/// Gives a key that the key-value store owns to SQL. The giver raises the term first: from then on nobody writes it there, and whoever comes next, this call
/// or any other, has SQL take it (rule M1). A key whose rows would not render what it holds stays where it is.
/// </summary>
public sealed class HandOver(HeadedStore heads)
{
    /// <summary>Hands a key over; false when it changed meanwhile, or its rows are not what it holds.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task<bool> ExecuteAsync(ManagedKey key, KeyCopy copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(copy);
        if (!copy.State.IsOwnedBySql)
        {
            if (!await IsCleanAsync(key, copy, cancellationToken))
            {
                return false;
            }

            var handedOver = copy.State.WithNextOwner();
            if (!await heads.TryWriteAsync(key.Name, copy, handedOver, copy.Value, cancellationToken))
            {
                return false;
            }

            copy = copy with { State = handedOver, HasHead = true };
        }

        await key.Group.Sql.InTransactionAsync(transaction => FinishAsync(transaction, key, copy), cancellationToken);
        return true;
    }

    /// <summary>SQL takes a key that was given to it, in a transaction; how it stands afterwards is returned.</summary>
    internal static async Task<SyncState> FinishAsync(ISyncTransaction transaction, ManagedKey key, KeyCopy copy)
    {
        var current = await transaction.LockAsync(key.Name);
        return current.State.Term < copy.State.Term ? await transaction.TakeAsync(key, copy.State, copy.Value) : current;
    }

    /// <summary>Whether SQL has exactly what the key-value store has: its rows are read back and compared.</summary>
    private static async Task<bool> IsCleanAsync(ManagedKey key, KeyCopy copy, CancellationToken cancellationToken)
    {
        var applied = await ApplyToSql.ExecuteAsync(key, copy.State, copy.Value, cancellationToken);
        if (applied.Error is not null || !applied.State.IsSamePointAs(copy.State))
        {
            return false;
        }

        var synced = await key.Group.Sql.ReadAsync(key.Entity, key.Name, cancellationToken);
        var expected = copy.State.DeletedAt is null ? SyncState.HashOf(key.Entity.Convert(key.Name, copy.Value).Value) : null;
        return synced.Sync.State.IsSamePointAs(copy.State) && SyncState.HashOf(synced.Value) == expected;
    }
}
