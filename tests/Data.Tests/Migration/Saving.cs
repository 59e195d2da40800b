using System.Text;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;

namespace TraderHub.Data.Tests.Migration;

/// <summary>Shorthands for what tests store and read.</summary>
internal static class Saving
{
    /// <summary>The state of a value that nobody has given a head.</summary>
    public static KeyState Headless { get; } = KeyState.Unknown with { DeletedAt = null };

    /// <summary>A value to store, at a version.</summary>
    public static KeyWrite Put(this EntityGroup group, string key, string value, long version = 1) => group.Put(key, value, Headless with { Version = version });

    public static KeyWrite Put(this EntityGroup group, string key, string value, KeyState state, long mirrored = 0, bool keepsText = false) =>
        KeyWrite.Put(group.EntityOf(key), key, state, mirrored, Encoding.UTF8.GetBytes(value), keepsText);

    /// <summary>Stores values in one transaction.</summary>
    public static Task<bool> SaveAsync(this EntityGroup group, params KeyWrite[] writes) => group.Sql.InTransactionAsync(
        async transaction =>
        {
            await transaction.LockAsync([.. writes.Select(write => write.Key)]);
            await transaction.SaveAsync(writes);
            return true;
        },
        CancellationToken.None);

    /// <summary>A key as it is.</summary>
    public static Task<SyncedKey> ReadAsync(this EntityGroup group, string key) => group.Sql.ReadAsync(group.EntityOf(key), key, CancellationToken.None);

    /// <summary>What a key's rows say; null when there are none.</summary>
    public static async Task<string?> ReadRowsAsync(this EntityGroup group, string key) => TextOf((await group.ReadAsync(key)).Rows);

    public static string? TextOf(ReadOnlyMemory<byte>? value) => value is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
}
