using System.Globalization;
using System.Text;
using TraderHub.Core.KeyValue;

namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>A key-value store whose every call is a step, may fail before it is done, or lose its answer after.</summary>
internal sealed class ScheduledStore(Schedule schedule) : IVersionedKeyValueStore
{
    private readonly SortedDictionary<string, (KeyValueEntry Entry, string Version)> rows = new(StringComparer.Ordinal);
    private long lastVersion;

    public bool IsDown { get; set; }

    public double FaultRate { get; set; }

    /// <summary>How many of the next calls fail before they are done.</summary>
    public int FailuresAhead { get; set; }

    /// <summary>A broken store, for the tests of the tests: writes whatever the version.</summary>
    public bool IgnoresVersions { get; set; }

    /// <summary>What happens once, right after the next write, whose answer is then lost.</summary>
    public Action? AfterLostWrite { get; set; }

    public KeyValueEntry? Peek(string key) => rows.TryGetValue(key, out var row) ? row.Entry : null;

    /// <summary>What somebody writes past the engine.</summary>
    public void Poke(string key, string? value)
    {
        if (value is null)
        {
            rows.Remove(key);
        }
        else
        {
            Store(key, Encoding.UTF8.GetBytes(value), PutOptions.None);
        }
    }

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken) =>
        (await GetVersionedAsync(key, cancellationToken))?.Entry.Value;

    public async Task<KeyValueEntry?> GetWithMetadataAsync(string key, CancellationToken cancellationToken) =>
        (await GetVersionedAsync(key, cancellationToken))?.Entry;

    public async Task<IReadOnlyDictionary<string, KeyValueEntry?>> GetManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, KeyValueEntry?>();
        foreach (var key in keys)
        {
            found[key] = await GetWithMetadataAsync(key, cancellationToken);
        }

        return found;
    }

    public Task<VersionedEntry?> GetVersionedAsync(string key, CancellationToken cancellationToken) =>
        DoAsync(() => rows.TryGetValue(key, out var row) ? new VersionedEntry(row.Entry, row.Version) : null);

    public Task PutAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken) =>
        DoAsync(() => Store(key, value, options));

    public Task<string?> PutIfMatchAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, string version, CancellationToken cancellationToken) =>
        DoAsync(() => IgnoresVersions || (rows.TryGetValue(key, out var row) && row.Version == version) ? Store(key, value, options) : null);

    public Task<string?> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken) =>
        DoAsync(() => IgnoresVersions || !rows.ContainsKey(key) ? Store(key, value, options) : null);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => DoAsync(() => rows.Remove(key));

    public Task<bool> DeleteIfMatchAsync(string key, string version, CancellationToken cancellationToken) =>
        DoAsync(() => rows.TryGetValue(key, out var row) && row.Version == version && rows.Remove(key));

    public Task<KeyPage> ListAsync(KeyQuery query, CancellationToken cancellationToken) => DoAsync(() =>
    {
        var page = rows
            .Where(row => row.Key.StartsWith(query.Prefix, StringComparison.Ordinal) && (query.Cursor is null || string.CompareOrdinal(row.Key, query.Cursor) > 0))
            .Take(query.Limit + 1)
            .Select(row => new ListedKey(row.Key, row.Value.Entry.Expiration, row.Value.Entry.Metadata))
            .ToList();
        return page.Count > query.Limit ? new KeyPage(page[..query.Limit], page[query.Limit - 1].Name) : new KeyPage(page, null);
    });

    /// <summary>What others have written through the engine.</summary>
    public void Poke(string key, string value, string metadata) => Store(key, Encoding.UTF8.GetBytes(value), new PutOptions(metadata));

    private string Store(string key, ReadOnlyMemory<byte> value, PutOptions options)
    {
        var version = (++lastVersion).ToString(CultureInfo.InvariantCulture);
        rows[key] = (new KeyValueEntry(value.ToArray(), options.Metadata, Expiration: null), version);
        if (AfterLostWrite is { } others)
        {
            AfterLostWrite = null;
            others();
            throw new KeyValueException("put", KeyValueFailure.OutcomeUnknown);
        }

        return version;
    }

    private async Task<T> DoAsync<T>(Func<T> work)
    {
        await schedule.StepAsync();
        if (IsDown || FailuresAhead-- > 0 || schedule.Chance(FaultRate / 2))
        {
            throw new KeyValueException("call", KeyValueFailure.Unreachable);
        }

        var result = work();
        if (schedule.Chance(0.5))
        {
            await schedule.StepAsync();
        }

        return schedule.Chance(FaultRate / 2) ? throw new KeyValueException("call", KeyValueFailure.OutcomeUnknown) : result;
    }
}
