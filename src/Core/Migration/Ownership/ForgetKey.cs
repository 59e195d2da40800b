using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>
/// Removes what is known of a key that was deleted a day ago. Until then it keeps a late copy of an old value from coming back; it goes from SQL first, so that no
/// head is ever missing where SQL still knows the key (rule M7).
/// </summary>
public sealed class ForgetKey(HeadedStore heads, TimeProvider clock)
{
    private static readonly Duration KeptFor = Duration.FromDays(1);

    /// <summary>Whether a state is old enough.</summary>
    public bool MayForget(KeyState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.DeletedAt is { } at && at < (clock.GetInstant() - KeptFor).ToUnixTimeSeconds() && !state.IsUnknown;
    }

    /// <summary>Forgets a key on which both stores agree; false when they do not.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task<bool> ExecuteAsync(ManagedKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var copy = await heads.ReadAsync(key.Name, cancellationToken);
        return copy.HasHead
            && MayForget(copy.State)
            && await key.Group.Sql.InTransactionAsync(transaction => ForgetAsync(transaction, key, copy), cancellationToken)
            && await heads.TryForgetAsync(key.Name, copy, cancellationToken);
    }

    private static async Task<bool> ForgetAsync(ISyncTransaction transaction, ManagedKey key, KeyCopy copy)
    {
        var current = await transaction.LockAsync(key.Name);
        if (!current.State.IsSamePointAs(copy.State))
        {
            return current == SyncState.Unknown;
        }

        await transaction.SaveAsync(KeyWrite.Forget(key.Entity, key.Name));
        return true;
    }
}
