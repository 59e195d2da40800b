using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>Makes rows that no key was ever copied to, as an adopted database has them, the values of keys that SQL owns (rule M40).</summary>
internal static class AdoptRows
{
    private const int PerTransaction = 500;

    private static readonly KeyState Adopted = KeyState.Unknown.WithNextOwner() with { Version = 1, DeletedAt = null };

    /// <summary>Adopts the rows of a group that is SQL's alone; those of keys that SQL knows stay what they are.</summary>
    /// <exception cref="StorageException">SQL did not answer; what was adopted stays so.</exception>
    public static async Task ExecuteAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        var keys = await group.Sql.ListRowKeysAsync(group, cancellationToken);
        foreach (var some in keys.Chunk(PerTransaction))
        {
            var found = await group.Sql.ReadManyAsync(some, cancellationToken);
            KeyWrite[] adopted = [.. some.Zip(found).Where(one => one.Second.Rows is not null).Select(one => Adopt(one.First, one.Second))];
            await group.Sql.InTransactionAsync(transaction => transaction.AddAsync(adopted), cancellationToken);
        }
    }

    private static KeyWrite Adopt(ManagedKey key, SyncedKey found) =>
        KeyWrite.Keep(key.Entity, key.Name, new(Adopted, MirroredVersion: 0, SyncState.HashOf(found.Rows), Error: null));
}
