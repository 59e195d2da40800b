using System.Data.Common;
using System.Runtime.CompilerServices;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.KeyValue.Sqlite;

/// <summary>The key-value store in a SQLite file: the embedded host's default.</summary>
internal sealed class SqliteKeyValueStore(KeyValueDatabase database, TimeProvider clock) : IVersionedKeyValueStore, IExpiredKeys
{
    private const string Columns = "version, expires_at, metadata, value";

    private const string Find = $"""
        SELECT {Columns}
        FROM kv_entries
        WHERE key = @Key AND (expires_at IS NULL OR expires_at > @Now)
        """;

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken) =>
        (await GetVersionedAsync(key, cancellationToken))?.Entry.Value;

    public async Task<KeyValueEntry?> GetWithMetadataAsync(string key, CancellationToken cancellationToken) =>
        (await GetVersionedAsync(key, cancellationToken))?.Entry;

    public async Task<IReadOnlyDictionary<string, KeyValueEntry?>> GetManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var many = new ManyKeys(keys);
        if (many.Entries.Count == 0)
        {
            return many.Entries;
        }

        SqlParameter[] wanted = [.. many.Entries.Keys.Select((key, i) => SqlParameter.Bytes($"@Key{i}", KeyValueRules.BytesOf(key)))];
        var sql = $"""
            SELECT {Columns}, key
            FROM kv_entries
            WHERE key IN ({string.Join(", ", wanted.Select(key => key.Name))}) AND (expires_at IS NULL OR expires_at > @Now)
            """;
        await GuardAsync(() => database.ReadAsync(sql, [.. wanted, SqlParameter.Number("@Now", clock.NowInSeconds())], Add, cancellationToken));
        return many.Entries;

        bool Add(DbDataReader row)
        {
            many.Add(KeyValueRules.TextOf(row.GetFieldValue<byte[]>(4)), Read(row).Entry);
            return true;
        }
    }

    public async Task<VersionedEntry?> GetVersionedAsync(string key, CancellationToken cancellationToken)
    {
        var found = await GuardAsync(() => database.ReadAsync(Find, KeyNow(key), Read, cancellationToken));
        return found.Count == 0 ? null : found[0];
    }

    public Task PutAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO kv_entries (key, version, expires_at, metadata, value)
            VALUES (@Key, @Version, @ExpiresAt, @Metadata, @Value)
            ON CONFLICT (key) DO UPDATE
            SET version = excluded.version, expires_at = excluded.expires_at, metadata = excluded.metadata, value = excluded.value
            """;

        return WriteAsync(Sql, NewRow(key, value, options), cancellationToken);
    }

    public Task<string?> PutIfMatchAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, string version, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE kv_entries SET version = @Version, expires_at = @ExpiresAt, metadata = @Metadata, value = @Value
            WHERE key = @Key AND version = @Expected AND (expires_at IS NULL OR expires_at > @Now)
            """;

        return WriteAsync(Sql, NewRow(key, value, options) with { Expected = version }, cancellationToken);
    }

    public Task<string?> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken)
    {
        // An expired row is not there; it is written over.
        const string Sql = """
            INSERT INTO kv_entries (key, version, expires_at, metadata, value)
            VALUES (@Key, @Version, @ExpiresAt, @Metadata, @Value)
            ON CONFLICT (key) DO UPDATE
            SET version = excluded.version, expires_at = excluded.expires_at, metadata = excluded.metadata, value = excluded.value
            WHERE kv_entries.expires_at <= @Now
            """;

        return WriteAsync(Sql, NewRow(key, value, options), cancellationToken);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM kv_entries WHERE key = @Key";

        var parameters = new { Key = KeyValueRules.BytesOf(key) };
        return GuardAsync(() => database.ExecuteAsync(Sql, parameters, cancellationToken));
    }

    public async Task<bool> DeleteIfMatchAsync(string key, string version, CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM kv_entries WHERE key = @Key AND version = @Version AND (expires_at IS NULL OR expires_at > @Now)";

        var parameters = new { Key = KeyValueRules.BytesOf(key), Version = version, Now = clock.NowInSeconds() };
        return await GuardAsync(() => database.ExecuteAsync(Sql, parameters, cancellationToken)) == 1;
    }

    public async Task<KeyPage> ListAsync(KeyQuery query, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT key AS Key, expires_at AS ExpiresAt, metadata AS Metadata
            FROM kv_entries
            WHERE key >= @Prefix AND key < @End AND key > @After AND (expires_at IS NULL OR expires_at > @Now)
            ORDER BY key
            LIMIT @RowsToRead
            """;

        var range = KeyRange.Of(query);
        var parameters = new { range.Prefix, range.End, range.After, Now = clock.NowInSeconds(), range.RowsToRead };
        var rows = await GuardAsync(() => database.QueryAsync<KeyRow>(Sql, parameters, cancellationToken));
        return range.ToPage(rows, row => row.Key, row => new ListedKey(KeyValueRules.TextOf(row.Key), Expiry.ToInstant(row.ExpiresAt), row.Metadata));
    }

    public Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM kv_entries WHERE expires_at <= @Now";

        var parameters = new { Now = clock.NowInSeconds() };
        return GuardAsync(() => database.ExecuteAsync(Sql, parameters, cancellationToken));
    }

    private SqlParameter[] KeyNow(string key) => [SqlParameter.Bytes("@Key", KeyValueRules.BytesOf(key)), SqlParameter.Number("@Now", clock.NowInSeconds())];

    private static VersionedEntry Read(DbDataReader row) =>
        new(new KeyValueEntry(row.GetFieldValue<byte[]>(3), row.GetNullableString(2), Expiry.ToInstant(row.GetNullableInt64(1))), row.GetString(0));

    private WrittenRow NewRow(string key, ReadOnlyMemory<byte> value, PutOptions options)
    {
        var bytes = KeyValueRules.BytesOf(key);
        KeyValueRules.ThrowIf(KeyValueRules.FindProblem(value));
        return new(bytes, Guid.NewGuid().ToString("n"), options.ExpiresAt(clock), options.Metadata, value.ToArray(), clock.NowInSeconds(), null);
    }

    private async Task<string?> WriteAsync(
        string sql, WrittenRow row, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        await GuardAsync(() => database.WriteAsync(session => session.WriteAsync(sql, row.Parameters), cancellationToken, operation), operation) == 1 ? row.Version : null;

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work, [CallerMemberName] string operation = "")
    {
        try
        {
            return await work();
        }
        catch (StorageException exception)
        {
            // What a SQLite file did not commit is not there.
            throw new KeyValueException(operation, KeyValueFailure.Failed, exception);
        }
    }

    private sealed record KeyRow(byte[] Key, long? ExpiresAt, string? Metadata);

    private sealed record WrittenRow(
        byte[] Key, string Version, long? ExpiresAt, string? Metadata, byte[] Value, long Now, string? Expected)
    {
        public SqlParameter[] Parameters =>
        [
            SqlParameter.Bytes("@Key", Key),
            SqlParameter.Text("@Version", Version),
            SqlParameter.Number("@ExpiresAt", ExpiresAt),
            SqlParameter.Text("@Metadata", Metadata),
            SqlParameter.Bytes("@Value", Value),
            SqlParameter.Number("@Now", Now),
            SqlParameter.Text("@Expected", Expected),
        ];
    }
}
