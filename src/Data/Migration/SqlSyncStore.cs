using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The SQL side of a group, in its module's database.</summary>
internal sealed class SqlSyncStore(ModuleDatabase database, string group, IReadOnlyList<IEntityRows> rows, TimeProvider clock) : ISyncStore
{
    /// <summary>What moves.</summary>
    public IReadOnlyList<IEntity> Entities => [.. rows.Select(entity => entity.Entity)];

    public async Task<SyncState> ReadStateAsync(string key, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(SyncRows.Find, SyncRows.Key(group, key), SyncRows.Read, cancellationToken);
        return found.Count == 0 ? SyncState.Unknown : found[0];
    }

    public Task<IReadOnlyList<ListedSync>> ListAsync(string prefix, string? after, int atMost, CancellationToken cancellationToken)
    {
        SqlParameter[] parameters =
        [
            SqlParameter.Text("@Group", group),
            SqlParameter.Text("@First", KeyHex.FirstOf(prefix, after)),
            SqlParameter.Text("@End", KeyHex.EndOf(prefix)),
            SqlParameter.Number("@AtMost", atMost),
        ];
        return database.ReadAsync(SyncRows.List, parameters, SyncRows.ReadListed, cancellationToken);
    }

    public async Task<SyncCounts> CountAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT
                (SELECT COUNT(*) FROM kv_sync WHERE group_name = @Group),
                (SELECT COUNT(*) FROM kv_sync WHERE group_name = @Group AND (t % 2) = 1),
                (SELECT COUNT(*) FROM kv_sync WHERE group_name = @Group AND mv < v AND (t % 2) = 1),
                (SELECT COUNT(*) FROM kv_sync WHERE group_name = @Group AND error IS NOT NULL),
                (SELECT COUNT(DISTINCT key_hex) FROM kv_quarantine WHERE group_name = @Group)
            """;

        var counts = await database.ReadAsync(
            Sql,
            [SqlParameter.Text("@Group", group)],
            row => new SyncCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
            cancellationToken);
        return counts[0];
    }

    public async Task<SyncedKey> ReadAsync(IEntity entity, string key, CancellationToken cancellationToken)
    {
        var reading = new KeyReading(group, key, RowsOf(entity).Read(key));
        await database.ReadTogetherAsync(reading.Queries, cancellationToken);
        return reading.ToKey();
    }

    public async Task<IReadOnlyList<SyncedKey>> ReadManyAsync(IReadOnlyList<ManagedKey> keys, CancellationToken cancellationToken)
    {
        var readings = keys.Select(key => new KeyReading(group, key.Name, RowsOf(key.Entity).Read(key.Name))).ToList();
        await database.ReadTogetherAsync([.. readings.SelectMany(reading => reading.Queries)], cancellationToken);
        return [.. readings.Select(reading => reading.ToKey())];
    }

    public async Task<IReadOnlyList<ManagedKey>> ListRowKeysAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await database.ReadTogetherAsync([.. rows.Select(entity => entity.ListKeys(keys.Add)).OfType<SqlStatement>()], cancellationToken);
        return [.. keys.Where(key => group.FindEntity(key) is not null).Select(key => ManagedKey.Of(group, key))];
    }

    public Task<T> InTransactionAsync<T>(Func<ISyncTransaction, Task<T>> body, CancellationToken cancellationToken) => database.InTransactionAsync(
        async () =>
        {
            var transaction = new SqlSyncTransaction(this, database, group, clock, cancellationToken);
            var result = await body(transaction);
            await transaction.ForgetUnwrittenAsync();
            return result;
        },
        cancellationToken);

    /// <summary>
    /// Puts aside a value that cannot be read, as an operator decides: it is kept as it is, renders as it is, and is no error any more, until another value comes.
    /// </summary>
    /// <returns>False when the key has no error.</returns>
    public Task<bool> PutAsideAsync(string key, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var found = false;
            await session.RunAsync([FaultRows.FindError(group, key, () => found = true)]);
            await session.RunAsync(found ? FaultRows.PutAside(group, key, clock.GetInstant()) : []);
            return found;
        },
        cancellationToken);

    /// <summary>The rows of an entity.</summary>
    internal IEntityRows RowsOf(IEntity entity) => rows.First(candidate => candidate.Entity.Name == entity.Name);
}
