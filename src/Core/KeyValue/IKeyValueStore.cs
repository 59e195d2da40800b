namespace TraderHub.Core.KeyValue;

/// <summary>
/// Values under keys, with the rules of Cloudflare KV (rule K1). The last write wins; a put replaces value, metadata and expiry together, so one without an
/// expiry makes the key permanent. A key whose time has come is not there, whether it was purged yet or not.
/// <para>
/// Every call throws <see cref="KeyValueRefusedException"/> for what the rules do not allow, before anything is stored, and
/// <see cref="KeyValueException"/> when the store does not answer. After the latter a write may have been done.
/// </para>
/// </summary>
public interface IKeyValueStore
{
    /// <summary>A key's value; null when it is not there.</summary>
    Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>A key's value and what is kept with it; null when it is not there.</summary>
    Task<KeyValueEntry?> GetWithMetadataAsync(string key, CancellationToken cancellationToken);

    /// <summary>Several values at once, null for each key that is not there.</summary>
    /// <param name="keys">At most 100; together their values have at most 25 MiB.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyDictionary<string, KeyValueEntry?>> GetManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Stores a value in the place of whatever the key had. Durable when the task completes.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken);

    /// <summary>Removes a key; one that is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// A part of the keys, in the order of their UTF-8 bytes. A walk by its cursors has each key that is there throughout exactly once; keys that come behind
    /// the walk are missed, keys that come before it are seen.
    /// </summary>
    Task<KeyPage> ListAsync(KeyQuery query, CancellationToken cancellationToken);
}
