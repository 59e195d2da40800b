using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Watching;

namespace TraderHub.Core.Migration.Keys;

/// <summary>
/// The key-value store with the state of each key. Values that this engine writes have no expiry of the store's: the state has it, so that a key that expires
/// does not take its history along.
/// </summary>
public sealed class HeadedStore(IVersionedKeyValueStore store, EngineFigures figures)
{
    /// <summary>A key as it is now.</summary>
    public async Task<KeyCopy> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (await figures.NoteKvAsync(isWrite: false, () => store.GetVersionedAsync(key, cancellationToken)) is not { } found)
        {
            return new(KeyState.Unknown, HasHead: false, ReadOnlyMemory<byte>.Empty, StoreVersion: null);
        }

        var head = KeyHead.Read(found.Entry.Metadata);
        return new(head ?? StateWithoutHead(found.Entry), head is not null, found.Entry.Value, found.Version);
    }

    /// <summary>Several keys as they are now, without those that are not there; what is read so is not written back.</summary>
    /// <exception cref="KeyValueException">The store did not answer.</exception>
    public async Task<IReadOnlyDictionary<string, KeyCopy>> ReadManyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var copies = new Dictionary<string, KeyCopy>(keys.Count, StringComparer.Ordinal);
        foreach (var part in keys.Chunk(KeyValueRules.MostKeysInARead))
        {
            foreach (var (key, entry) in await ReadPartAsync(part, cancellationToken))
            {
                copies.Add(key, new(KeyHead.Read(entry.Metadata) ?? StateWithoutHead(entry), HasHead: KeyHead.Read(entry.Metadata) is not null, entry.Value, StoreVersion: null));
            }
        }

        return copies;
    }

    /// <summary>Writes the next state of a key, when it is still as it was read; false when it is not.</summary>
    /// <exception cref="KeyValueException">The store did not answer, and may have written it.</exception>
    public async Task<bool> TryWriteAsync(string key, KeyCopy seen, KeyState state, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(state);
        var options = new PutOptions(KeyHead.Write(state));
        var stored = state.DeletedAt is null ? value : ReadOnlyMemory<byte>.Empty;
        var written = await figures.NoteKvAsync(
            isWrite: true,
            () => seen.StoreVersion is { } version
                ? store.PutIfMatchAsync(key, stored, options, version, cancellationToken)
                : store.PutIfAbsentAsync(key, stored, options, cancellationToken));
        return written is not null;
    }

    /// <summary>Removes a key with its history, when it is still as it was read; false when it is not.</summary>
    public Task<bool> TryForgetAsync(string key, KeyCopy seen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return seen.StoreVersion is { } version ? store.DeleteIfMatchAsync(key, version, cancellationToken) : Task.FromResult(true);
    }

    /// <summary>Together values may be larger than what is read at once; one alone never is.</summary>
    private async Task<IReadOnlyList<(string Key, KeyValueEntry Entry)>> ReadPartAsync(string[] keys, CancellationToken cancellationToken)
    {
        try
        {
            var entries = await store.GetManyAsync(keys, cancellationToken);
            return [.. entries.Where(entry => entry.Value is not null).Select(entry => (entry.Key, entry.Value!))];
        }
        catch (KeyValueRefusedException) when (keys.Length > 1)
        {
            var half = keys.Length / 2;
            return [.. await ReadPartAsync(keys[..half], cancellationToken), .. await ReadPartAsync(keys[half..], cancellationToken)];
        }
    }

    /// <summary>What was stored without this engine: its expiry is the store's.</summary>
    private static KeyState StateWithoutHead(KeyValueEntry entry) =>
        KeyState.Unknown with { DeletedAt = null, ExpiresAt = entry.Expiration?.ToUnixTimeSeconds() };
}
