using TraderHub.Core.KeyValue;

namespace TraderHub.Soak.Migration;

/// <summary>The key-value store, before and after each of whose changes one may die.</summary>
internal sealed class MortalStore(IVersionedKeyValueStore store, Death death) : IVersionedKeyValueStore
{
    public Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken) => store.GetAsync(key, cancellationToken);

    public Task<KeyValueEntry?> GetWithMetadataAsync(string key, CancellationToken cancellationToken) => store.GetWithMetadataAsync(key, cancellationToken);

    public Task<IReadOnlyDictionary<string, KeyValueEntry?>> GetManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        store.GetManyAsync(keys, cancellationToken);

    public Task<VersionedEntry?> GetVersionedAsync(string key, CancellationToken cancellationToken) => store.GetVersionedAsync(key, cancellationToken);

    public Task<KeyPage> ListAsync(KeyQuery query, CancellationToken cancellationToken) => store.ListAsync(query, cancellationToken);

    public Task PutAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken) =>
        death.AroundAsync($"KV put {key}", () => store.PutAsync(key, value, options, cancellationToken));

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        death.AroundAsync($"KV delete {key}", () => store.DeleteAsync(key, cancellationToken));

    public Task<string?> PutIfMatchAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, string version, CancellationToken cancellationToken) =>
        death.AroundAsync($"KV put {key}", () => store.PutIfMatchAsync(key, value, options, version, cancellationToken));

    public Task<string?> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken) =>
        death.AroundAsync($"KV put {key}", () => store.PutIfAbsentAsync(key, value, options, cancellationToken));

    public Task<bool> DeleteIfMatchAsync(string key, string version, CancellationToken cancellationToken) =>
        death.AroundAsync($"KV delete {key}", () => store.DeleteIfMatchAsync(key, version, cancellationToken));
}
