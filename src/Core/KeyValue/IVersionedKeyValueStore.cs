namespace TraderHub.Core.KeyValue;

/// <summary>
/// The store with versions: changes that are made only when nothing else changed the key meanwhile. For one key they are linearizable, together with the
/// calls of <see cref="IKeyValueStore"/> (rule K3).
/// </summary>
public interface IVersionedKeyValueStore : IKeyValueStore
{
    /// <summary>A key's value and its version; null when it is not there.</summary>
    Task<VersionedEntry?> GetVersionedAsync(string key, CancellationToken cancellationToken);

    /// <summary>Stores a value when the key still has a version; the new version is returned, or null when it has another or is not there.</summary>
    Task<string?> PutIfMatchAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, string version, CancellationToken cancellationToken);

    /// <summary>Stores a value when the key is not there; the version is returned, or null when it is there.</summary>
    Task<string?> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken);

    /// <summary>Removes the key when it still has a version; false when it has another or is not there.</summary>
    Task<bool> DeleteIfMatchAsync(string key, string version, CancellationToken cancellationToken);
}
