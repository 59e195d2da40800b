using System.Runtime.CompilerServices;
using System.Text.Json;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>The operations on several keys that were begun and are not known to be done: they stand in the key-value store, each under its id.</summary>
public sealed class Intents(IVersionedKeyValueStore store)
{
    /// <summary>What the engine's own keys of this kind begin with.</summary>
    public const string Prefix = "~op/";

    /// <summary>An intent; null when there is none.</summary>
    /// <exception cref="KeyValueException">The store did not answer.</exception>
    public async Task<Intent?> FindAsync(OperationId id, CancellationToken cancellationToken) =>
        await store.GetAsync(KeyOf(id), cancellationToken) is { } value ? JsonSerializer.Deserialize(value.Span, IntentJson.Default.Intent) : null;

    /// <summary>Puts an intent down; false when there is one already.</summary>
    /// <exception cref="KeyValueException">The store did not answer, and may have it.</exception>
    public async Task<bool> TryAddAsync(OperationId id, Intent intent, CancellationToken cancellationToken) =>
        await store.PutIfAbsentAsync(KeyOf(id), JsonSerializer.SerializeToUtf8Bytes(intent, IntentJson.Default.Intent), PutOptions.None, cancellationToken) is not null;

    /// <summary>Takes an intent away, once all its keys have it.</summary>
    /// <exception cref="KeyValueException">The store did not answer.</exception>
    public Task RemoveAsync(OperationId id, CancellationToken cancellationToken) => store.DeleteAsync(KeyOf(id), cancellationToken);

    /// <summary>All intents.</summary>
    /// <exception cref="KeyValueException">The store did not answer.</exception>
    public async IAsyncEnumerable<StoredIntent> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var listed in store.ListAllAsync(Prefix, cancellationToken))
        {
            var id = OperationId.Stored(listed.Name[Prefix.Length..]);
            if (await FindAsync(id, cancellationToken) is { } intent)
            {
                yield return new(id, intent);
            }
        }
    }

    private static string KeyOf(OperationId id) => $"{Prefix}{id}";
}
