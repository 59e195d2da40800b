using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using TraderHub.Core.KeyValue;

namespace TraderHub.Data.KeyValue.Table;

/// <summary>The key-value store in Table Storage, for several instances at once. Every failure is logged once, here.</summary>
internal sealed partial class TableKeyValueStore(TableClients clients, TimeProvider clock, ILogger<TableKeyValueStore> logger)
    : IVersionedKeyValueStore, IExpiredKeys
{
    private readonly HeadTable heads = new(clients, clock);
    private readonly ChunkTable chunks = new(clients, clock);

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken) =>
        (await GetVersionedAsync(key, cancellationToken))?.Entry.Value;

    public async Task<KeyValueEntry?> GetWithMetadataAsync(string key, CancellationToken cancellationToken) =>
        (await GetVersionedAsync(key, cancellationToken))?.Entry;

    public Task<IReadOnlyDictionary<string, KeyValueEntry?>> GetManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        ManyKeys.ReadAsync(keys, GetWithMetadataAsync, cancellationToken);

    public Task<VersionedEntry?> GetVersionedAsync(string key, CancellationToken cancellationToken)
    {
        var place = PlaceOf(key);
        return GuardAsync(() => ReadAsync(place, cancellationToken), cancellationToken);
    }

    public Task PutAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken) =>
        PutWhenAsync(key, value, options, _ => true, cancellationToken);

    public Task<string?> PutIfMatchAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, string version, CancellationToken cancellationToken) =>
        PutWhenAsync(key, value, options, current => current?.WriteId == version, cancellationToken);

    public Task<string?> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken) =>
        PutWhenAsync(key, value, options, current => current is null, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => DeleteWhenAsync(key, _ => true, cancellationToken);

    public Task<bool> DeleteIfMatchAsync(string key, string version, CancellationToken cancellationToken) =>
        DeleteWhenAsync(key, current => current.WriteId == version, cancellationToken);

    public Task<KeyPage> ListAsync(KeyQuery query, CancellationToken cancellationToken)
    {
        var range = KeyRange.Of(query);
        return GuardAsync(
            async () => range.ToPage(
                await heads.ListAsync(range, cancellationToken),
                row => TableKey.BytesOf(row.PartitionKey, row.RowKey),
                row => new ListedKey(
                    KeyValueRules.TextOf(TableKey.BytesOf(row.PartitionKey, row.RowKey)),
                    Head.ExpirationOf(row.GetInt64(nameof(Head.ExpiresAt))!.Value),
                    row.GetString(nameof(Head.Metadata)))),
            cancellationToken);
    }

    public Task<int> PurgeAsync(CancellationToken cancellationToken) => GuardAsync(
        async () =>
        {
            var purged = 0;
            await foreach (var head in heads.ListPurgeableAsync(cancellationToken))
            {
                // One that was stored anew meanwhile has another version, and stays.
                if (await heads.RemoveAsync(head, cancellationToken))
                {
                    purged += head.ExpiresAt == Head.Deleted ? 0 : 1;
                    await RemoveChunksAsync(head, cancellationToken);
                }
            }

            await chunks.RemoveOrphansAsync(heads, cancellationToken);
            return purged;
        },
        cancellationToken);

    private async Task<VersionedEntry?> ReadAsync(TableKey place, CancellationToken cancellationToken)
    {
        var missing = string.Empty;
        while (await FindAsync(place, cancellationToken) is { } head)
        {
            if ((head.HasChunks ? await chunks.ReadAsync(head, cancellationToken) : head.Value) is { } value)
            {
                return new VersionedEntry(head.ToEntry(value), head.WriteId);
            }

            // Its chunks went because another version took its place; that is read now (rule K4).
            if (head.WriteId == missing)
            {
                throw new KeyValueException(nameof(GetAsync), KeyValueFailure.Failed, new InvalidDataException("A chunk of the current value is missing."));
            }

            missing = head.WriteId;
        }

        return null;
    }

    private Task<string?> PutWhenAsync(
        string key, ReadOnlyMemory<byte> value, PutOptions options, Predicate<Head?> condition, CancellationToken cancellationToken)
    {
        var place = PlaceOf(key);
        KeyValueRules.ThrowIf(KeyValueRules.FindProblem(value));
        var next = Head.Of(place, value, options, clock);
        return GuardAsync(
            async () =>
            {
                if (next.HasChunks)
                {
                    await chunks.WriteAsync(next, value, cancellationToken);
                }

                if (await SwapWhenAsync(next, condition, cancellationToken))
                {
                    return next.WriteId;
                }

                await RemoveChunksAsync(next, cancellationToken);
                return null;
            },
            cancellationToken,
            nameof(PutAsync));
    }

    private Task<bool> DeleteWhenAsync(string key, Predicate<Head> condition, CancellationToken cancellationToken)
    {
        var place = PlaceOf(key);
        return GuardAsync(
            () => SwapWhenAsync(Head.OfDeleted(place, clock), current => current is not null && condition(current), cancellationToken),
            cancellationToken,
            nameof(DeleteAsync));
    }

    /// <summary>Swaps a key's row for as long as what is there meets the condition; false when it does not.</summary>
    private async Task<bool> SwapWhenAsync(Head next, Predicate<Head?> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = await heads.FindAsync(next.Key, cancellationToken);
            if (!condition(current?.IsThere(clock.NowInSeconds()) == true ? current : null))
            {
                return false;
            }

            if (await heads.SwapAsync(current, next, cancellationToken))
            {
                await RemoveChunksAsync(current, cancellationToken);
                return true;
            }
        }
    }

    private async Task<Head?> FindAsync(TableKey place, CancellationToken cancellationToken) =>
        await heads.FindAsync(place, cancellationToken) is { } head && head.IsThere(clock.NowInSeconds()) ? head : null;

    private async Task RemoveChunksAsync(Head? head, CancellationToken cancellationToken)
    {
        if (head is not { HasChunks: true })
        {
            return;
        }

        try
        {
            await chunks.RemoveAsync(head.WriteId, head.Size, cancellationToken);
        }
        catch (Exception exception) when (TableFailures.IsOutage(exception, cancellationToken))
        {
            // What was asked for is done; the purge finds chunks that nobody names.
            LogLeftBehind(head.WriteId, exception);
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken, [CallerMemberName] string operation = "")
    {
        try
        {
            return await work();
        }
        catch (KeyValueException exception)
        {
            LogFailure(operation, exception.Failure, exception);
            throw;
        }
        catch (Exception exception) when (TableFailures.IsOutage(exception, cancellationToken))
        {
            var failure = TableFailures.ToException(operation, exception);
            LogFailure(operation, failure.Failure, exception);
            throw failure;
        }
    }

    private static TableKey PlaceOf(string key) => TableKey.Of(KeyValueRules.BytesOf(key));

    [LoggerMessage(Level = LogLevel.Error, Message = "The key-value tables failed at {Operation} ({Failure})")]
    private partial void LogFailure(string operation, KeyValueFailure failure, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The chunks of {WriteId} could not be removed yet")]
    private partial void LogLeftBehind(string writeId, Exception exception);
}
