using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>
/// Finds out where a key stands of which the key-value store does not say so: nobody has written it through this engine yet, or somebody has written past it.
/// What SQL knows of it then counts (rule M6).
/// </summary>
public sealed class PlaceKey(HeadedStore heads)
{
    /// <summary>The key as it is to be used; null when it was mended, and is to be read again.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer, and without it this cannot be told.</exception>
    public async Task<KeyCopy?> ExecuteAsync(ManagedKey key, KeyCopy copy, Stage stage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(copy);
        if (copy.HasHead)
        {
            return copy;
        }

        var known = await FindKnownAsync(key, stage, cancellationToken);
        if (known.IsUnknown)
        {
            return copy;
        }

        if (known.Term == 0 || stage == Stage.Kv)
        {
            // It is the key-value store's, and goes on counting where it was.
            var term = known.IsOwnedBySql ? known.Term + 1 : known.Term;
            return copy with { State = copy.State with { Term = term, Version = known.Version, Operations = known.Operations } };
        }

        var synced = await key.Group.Sql.ReadAsync(key.Entity, key.Name, cancellationToken);
        await heads.TryWriteAsync(key.Name, copy, synced.Sync.State, synced.Value ?? ReadOnlyMemory<byte>.Empty, cancellationToken);
        return null;
    }

    private static async Task<KeyState> FindKnownAsync(ManagedKey key, Stage stage, CancellationToken cancellationToken)
    {
        try
        {
            return (await key.Group.Sql.ReadStateAsync(key.Name, cancellationToken)).State;
        }
        catch (StorageException) when (stage != Stage.Sql)
        {
            // The key-value store owns every key of these stages, and works without SQL.
            return KeyState.Unknown;
        }
    }
}
