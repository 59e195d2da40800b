using System.Globalization;
using System.Runtime.CompilerServices;
using TraderHub.Core.KeyValue;

namespace TraderHub.Data.KeyValue.Memory;

/// <summary>The key-value store for tests: in this process, on a clock that can be set, with faults that can be asked for.</summary>
/// <param name="clock">The clock that keys expire by.</param>
/// <param name="nextFault">Asked at each call what goes wrong.</param>
public sealed class MemoryKeyValueStore(TimeProvider clock, Func<MemoryFault> nextFault) : IVersionedKeyValueStore, IExpiredKeys
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<byte[], Row> rows = new(KeyBytes.Order);
    private long lastVersion;

    /// <summary>A store without faults.</summary>
    public MemoryKeyValueStore(TimeProvider clock)
        : this(clock, MemoryFaults.None)
    {
    }

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken) =>
        (await GetVersionedAsync(key, cancellationToken))?.Entry.Value;

    /// <inheritdoc />
    public async Task<KeyValueEntry?> GetWithMetadataAsync(string key, CancellationToken cancellationToken) =>
        (await GetVersionedAsync(key, cancellationToken))?.Entry;

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, KeyValueEntry?>> GetManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        ManyKeys.ReadAsync(keys, GetWithMetadataAsync, cancellationToken);

    /// <inheritdoc />
    public Task<VersionedEntry?> GetVersionedAsync(string key, CancellationToken cancellationToken)
    {
        var bytes = KeyValueRules.BytesOf(key);
        return DoAsync(() => Find(bytes) is { } row ? new VersionedEntry(row.Entry, row.Version) : null, cancellationToken);
    }

    /// <inheritdoc />
    public Task PutAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken) =>
        PutWhenAsync(key, value, options, _ => true, cancellationToken);

    /// <inheritdoc />
    public Task<string?> PutIfMatchAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, string version, CancellationToken cancellationToken) =>
        PutWhenAsync(key, value, options, current => current?.Version == version, cancellationToken);

    /// <inheritdoc />
    public Task<string?> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken) =>
        PutWhenAsync(key, value, options, current => current is null, cancellationToken);

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var bytes = KeyValueRules.BytesOf(key);
        return DoAsync(() => rows.Remove(bytes), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> DeleteIfMatchAsync(string key, string version, CancellationToken cancellationToken)
    {
        var bytes = KeyValueRules.BytesOf(key);
        return DoAsync(() => Find(bytes)?.Version == version && rows.Remove(bytes), cancellationToken);
    }

    /// <inheritdoc />
    public Task<KeyPage> ListAsync(KeyQuery query, CancellationToken cancellationToken)
    {
        var range = KeyRange.Of(query);
        return DoAsync(
            () => range.ToPage(
                rows.Where(row => range.Holds(row.Key) && IsThere(row.Value)).Take(range.RowsToRead),
                row => row.Key,
                row => new ListedKey(KeyValueRules.TextOf(row.Key), row.Value.Entry.Expiration, row.Value.Entry.Metadata)),
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<int> PurgeAsync(CancellationToken cancellationToken) => DoAsync(
        () => rows.Where(row => !IsThere(row.Value)).Select(row => row.Key).ToList().Count(rows.Remove), cancellationToken);

    private Task<string?> PutWhenAsync(
        string key, ReadOnlyMemory<byte> value, PutOptions options, Predicate<Row?> condition, CancellationToken cancellationToken)
    {
        var bytes = KeyValueRules.BytesOf(key);
        KeyValueRules.ThrowIf(KeyValueRules.FindProblem(value));
        var entry = new KeyValueEntry(value.ToArray(), options.Metadata, Expiry.ToInstant(options.ExpiresAt(clock)));
        return DoAsync(() => condition(Find(bytes)) ? Store(bytes, entry) : null, cancellationToken, nameof(PutAsync));
    }

    private string Store(byte[] key, KeyValueEntry entry)
    {
        var row = new Row(entry, (++lastVersion).ToString(CultureInfo.InvariantCulture));
        rows[key] = row;
        return row.Version;
    }

    private Row? Find(byte[] key) => rows.TryGetValue(key, out var row) && IsThere(row) ? row : null;

    private bool IsThere(Row row) => row.Entry.Expiration is not { } end || end.ToUnixTimeSeconds() > clock.NowInSeconds();

    private Task<T> DoAsync<T>(Func<T> work, CancellationToken cancellationToken, [CallerMemberName] string operation = "")
    {
        cancellationToken.ThrowIfCancellationRequested();
        var fault = nextFault();
        if (fault == MemoryFault.Refused)
        {
            return Task.FromException<T>(new KeyValueException(operation, KeyValueFailure.Unreachable));
        }

        lock (gate)
        {
            var result = work();
            return fault == MemoryFault.LostAnswer
                ? Task.FromException<T>(new KeyValueException(operation, KeyValueFailure.Timeout))
                : Task.FromResult(result);
        }
    }

    private sealed record Row(KeyValueEntry Entry, string Version);
}
