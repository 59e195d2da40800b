using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>Reads a key from its owner. That the owner has no value is an answer, never a reason to look elsewhere.</summary>
public sealed class ReadKey(HeadedStore heads, IStages stages, TimeProvider clock)
{
    private const int Tries = 5;

    /// <summary>A key's value, in whichever form its owner has it; null when there is none.</summary>
    /// <exception cref="KeyValueException">The key-value store owns it and did not answer.</exception>
    /// <exception cref="StorageException">SQL owns it and did not answer.</exception>
    public async Task<OwnedValue> ExecuteAsync(ManagedKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var stage = await stages.GetAsync(key.Group.Name, cancellationToken);
        if (stage.IsSqlOnly)
        {
            return FromSql(await ReadSqlAsync(key, cancellationToken));
        }

        var asksSqlFirst = stage.Stage == Stage.Sql && stage.FrozenBecause is null;
        for (var i = 0; i < Tries; i++)
        {
            if (asksSqlFirst && await ReadSqlAsync(key, cancellationToken) is { Sync.State.IsOwnedBySql: true } synced)
            {
                return FromSql(synced);
            }

            var copy = await heads.ReadAsync(key.Name, cancellationToken);
            if (!copy.State.IsOwnedBySql || stage.FrozenBecause is not null)
            {
                return FromKv(copy);
            }

            // SQL has it, or is about to take it: what the key-value store holds is what it takes.
            if (await ReadSqlAsync(key, cancellationToken) is { } owned && !copy.State.IsNewerThan(owned.Sync.State))
            {
                if (owned.Sync.State.IsOwnedBySql)
                {
                    return FromSql(owned);
                }
            }
            else
            {
                return FromKv(copy);
            }
        }

        throw new KeyValueException(nameof(ReadKey), KeyValueFailure.OutcomeUnknown);
    }

    private static Task<SyncedKey> ReadSqlAsync(ManagedKey key, CancellationToken cancellationToken) => key.Group.Sql.ReadAsync(key.Entity, key.Name, cancellationToken);

    private OwnedValue FromKv(KeyCopy copy) => new(copy.ValueAt(clock.GetInstant()), IsFromSql: false, copy.State.Version);

    private OwnedValue FromSql(SyncedKey synced) =>
        new(synced.Sync.State.HasValueAt(clock.GetInstant()) ? synced.Value : null, IsFromSql: true, synced.Sync.State.Version);
}

/// <summary>A value, and which store it is from.</summary>
/// <param name="Value">The value; null when there is none.</param>
/// <param name="IsFromSql">Whether SQL owns the key; otherwise the key-value store does.</param>
/// <param name="Version">How often the key was changed.</param>
public sealed record OwnedValue(ReadOnlyMemory<byte>? Value, bool IsFromSql, long Version);
