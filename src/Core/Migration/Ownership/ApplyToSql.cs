using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>Brings SQL to a state that the key-value store has. What SQL knows already, or knows better, is left alone.</summary>
public static class ApplyToSql
{
    /// <summary>Applies a key; how it stands afterwards is returned.</summary>
    /// <exception cref="StorageException">SQL did not take it.</exception>
    public static Task<SyncState> ExecuteAsync(ManagedKey key, KeyState state, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(state);
        return key.Group.Sql.InTransactionAsync(transaction => ExecuteAsync(transaction, key, state, value), cancellationToken);
    }

    private static async Task<SyncState> ExecuteAsync(ISyncTransaction transaction, ManagedKey key, KeyState state, ReadOnlyMemory<byte> value)
    {
        var current = await transaction.LockAsync(key.Name);
        return state.IsNewerThan(current.State) || current == SyncState.Unknown
            ? await transaction.TakeAsync(key, state, value)
            : current;
    }
}

/// <summary>The steps that several moves have in common, inside a transaction.</summary>
internal static class SyncSteps
{
    /// <summary>Locks one key.</summary>
    public static async Task<SyncState> LockAsync(this ISyncTransaction transaction, string key) => (await transaction.LockAsync([key]))[key];

    /// <summary>Writes one key.</summary>
    public static Task SaveAsync(this ISyncTransaction transaction, KeyWrite write) => transaction.SaveAsync([write]);

    /// <summary>SQL takes what the key-value store has: the state, and rows made of the value.</summary>
    public static async Task<SyncState> TakeAsync(this ISyncTransaction transaction, ManagedKey key, KeyState state, ReadOnlyMemory<byte> value)
    {
        var write = KeyWrite.Put(key.Entity, key.Name, state, state.Version, value, keepsText: true);
        await transaction.SaveAsync(write);
        return write.Sync;
    }
}
