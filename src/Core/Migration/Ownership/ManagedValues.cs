using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>The values of one entity, wherever each of them is owned: what repositories read and write, without knowing the stage.</summary>
/// <typeparam name="TValue">What a value is.</typeparam>
public sealed class ManagedValues<TValue>(IEntity<TValue> entity, EntityGroup group, ReadKey readKey, WriteKey writeKey)
{
    /// <summary>A value, and which store it is from; the default when there is none.</summary>
    /// <exception cref="UnreadableDataException">It is there and cannot be read.</exception>
    public async Task<(TValue? Value, bool IsFromSql)> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var owned = await readKey.ExecuteAsync(ManagedKey.Of(group, key), cancellationToken);
        return (owned.Value is { } value ? Read(key, value).Value : default, owned.IsFromSql);
    }

    /// <summary>Changes a value; elements that do not parse stay in it as they are.</summary>
    /// <param name="key">The key.</param>
    /// <param name="operation">The operation's id.</param>
    /// <param name="change">The value from the one before; a default is none.</param>
    /// <param name="expiresAt">From when on the value is no longer there, in unix seconds.</param>
    /// <param name="cancellationToken">Ends it; it may have been stored.</param>
    public async Task<Result<KeyWritten>> WriteAsync(
        string key, OperationId operation, Func<TValue?, Result<TValue?>> change, long? expiresAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return await writeKey.ExecuteAsync(ManagedKey.Of(group, key), operation, current => Change(key, current, change, expiresAt), cancellationToken);
    }

    /// <summary>Puts a value in the place of whatever the key had, also of what cannot be read.</summary>
    public Task<Result<KeyWritten>> ReplaceAsync(
        string key, OperationId operation, TValue value, long? expiresAt, CancellationToken cancellationToken)
    {
        var rendered = entity.Render(value, []);
        return writeKey.ExecuteAsync(ManagedKey.Of(group, key), operation, _ => KeyChange.Put(rendered, expiresAt), cancellationToken);
    }

    private Result<KeyChange> Change(string key, ReadOnlyMemory<byte>? current, Func<TValue?, Result<TValue?>> change, long? expiresAt)
    {
        var parsed = current is { } value ? entity.Parse(key, value) : Parsed.Of<TValue?>(default)!;
        if (parsed.Error is { } error)
        {
            return new Error(ErrorKind.Conflict, "STORED_VALUE_UNREADABLE", $"What is stored under '{key}' cannot be read, and is not written over: {error}");
        }

        return change(parsed.Value).Match<Result<KeyChange>>(
            changed => changed is null ? KeyChange.Delete : KeyChange.Put(entity.Render(changed, parsed.Rejected), expiresAt), refusal => refusal);
    }

    private Parsed<TValue> Read(string key, ReadOnlyMemory<byte> value)
    {
        var parsed = entity.Parse(key, value);
        return parsed.Error is null ? parsed : throw new UnreadableDataException("record", $"key '{key}'", new FormatException(parsed.Error));
    }
}
