using TraderHub.Core.Migration.Operating;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>What of a group does not parse, in its module's database.</summary>
internal sealed class SqlFaults(ModuleDatabase database, string group, SqlSyncStore store) : IFaults
{
    public Task<IReadOnlyList<KeyFault>> ListErrorsAsync(int atMost, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT key_hex, reason, raw, first_seen
            FROM migration_errors
            WHERE group_name = @Group
            ORDER BY key_hex
            LIMIT @AtMost
            """;

        return database.ReadAsync(
            Sql,
            [SqlParameter.Text("@Group", group), SqlParameter.Number("@AtMost", atMost)],
            row => new KeyFault(KeyHex.ToKey(row.GetString(0)), row.GetString(1), row.GetString(2), Place: null, row.GetString(3)),
            cancellationToken);
    }

    public Task<IReadOnlyList<KeyFault>> ListQuarantinedAsync(int atMost, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT key_hex, reason, raw, created_at, place
            FROM kv_quarantine
            WHERE group_name = @Group
            ORDER BY key_hex, place
            LIMIT @AtMost
            """;

        return database.ReadAsync(
            Sql,
            [SqlParameter.Text("@Group", group), SqlParameter.Number("@AtMost", atMost)],
            row => new KeyFault(
                KeyHex.ToKey(row.GetString(0)),
                row.GetString(1),
                row.GetString(2),
                row.GetInt64(4) == FaultRows.WholeValue ? null : (int)row.GetInt64(4),
                row.GetString(3)),
            cancellationToken);
    }

    public Task<bool> PutAsideAsync(string key, CancellationToken cancellationToken) => store.PutAsideAsync(key, cancellationToken);
}
