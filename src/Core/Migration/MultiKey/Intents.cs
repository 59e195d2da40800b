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
    public async Task<StoredIntent?> FindAsync(OperationId id, CancellationToken cancellationToken) =>
        await store.GetVersionedAsync(KeyOf(id), cancellationToken) is { } found
            ? new(id, JsonSerializer.Deserialize(found.Entry.Value.Span, IntentJson.Default.Intent)!, found.Version)
            : null;

    /// <summary>Puts an intent down; null when there is one already.</summary>
    /// <exception cref="KeyValueException">The store did not answer, and may have it.</exception>
    public async Task<StoredIntent?> TryAddAsync(OperationId id, Intent intent, CancellationToken cancellationToken) =>
        await store.PutIfAbsentAsync(KeyOf(id), Write(intent), PutOptions.None, cancellationToken) is { } version ? new(id, intent, version) : null;

    /// <summary>Puts an intent in the place of what it was; null when somebody else has done so.</summary>
    /// <exception cref="KeyValueException">The store did not answer, and may have it.</exception>
    public async Task<StoredIntent?> TryReplaceAsync(StoredIntent seen, Intent intent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return await store.PutIfMatchAsync(KeyOf(seen.Id), Write(intent), PutOptions.None, seen.Version, cancellationToken) is { } version
            ? new(seen.Id, intent, version)
            : null;
    }

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
                yield return intent;
            }
        }
    }

    private static byte[] Write(Intent intent) => JsonSerializer.SerializeToUtf8Bytes(intent, IntentJson.Default.Intent);

    private static string KeyOf(OperationId id) => $"{Prefix}{id}";
}
