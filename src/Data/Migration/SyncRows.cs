using System.Data.Common;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The table <c>kv_sync</c>, where each key stands.</summary>
internal static class SyncRows
{
    public const string Find = $"SELECT {Columns} FROM kv_sync WHERE group_name = @Group AND key_hex = @Key";

    public const string List = $"""
        SELECT {Columns}, key_hex
        FROM kv_sync
        WHERE group_name = @Group AND key_hex >= @First AND key_hex < @End
        ORDER BY key_hex
        LIMIT @AtMost
        """;

    /// <summary>A key's state, with what of its value does not parse: as many rows as there is of that, and one when there is none.</summary>
    public const string FindWhole = """
        SELECT sync.t, sync.v, sync.mv, sync.d, sync.x, sync.ops, sync.hash, sync.error, quarantined.place, quarantined.raw, quarantined.reason
        FROM kv_sync AS sync
        LEFT JOIN kv_quarantine AS quarantined ON quarantined.group_name = sync.group_name AND quarantined.key_hex = sync.key_hex
        WHERE sync.group_name = @Group AND sync.key_hex = @Key
        """;

    /// <summary>Makes the row of a key that is not known, and locks it in any case until the transaction ends.</summary>
    public const string Lock = """
        INSERT INTO kv_sync (group_name, key_hex, t, v, mv, d, ops)
        VALUES (@Group, @Key, 0, 0, 0, 0, '')
        ON CONFLICT (group_name, key_hex) DO UPDATE SET t = kv_sync.t
        RETURNING t, v, mv, d, x, ops, hash, error
        """;

    /// <summary>Removes the row that a lock made and nothing was written to.</summary>
    public const string Forget = "DELETE FROM kv_sync WHERE group_name = @Group AND key_hex = @Key AND t = 0 AND v = 0 AND hash IS NULL AND error IS NULL";

    /// <summary>Removes all that is known of a key.</summary>
    public const string Remove = "DELETE FROM kv_sync WHERE group_name = @Group AND key_hex = @Key";

    private const string Columns = "t, v, mv, d, x, ops, hash, error";

    public static SqlParameter[] Key(string group, string key) => [SqlParameter.Text("@Group", group), SqlParameter.Text("@Key", KeyHex.Of(key))];

    public static SyncState Read(DbDataReader row) => new(
        new KeyState(row.GetInt64(0), row.GetInt64(1), row.GetNullableInt64(3), row.GetNullableInt64(4), OperationIds.Parse(row.GetString(5))),
        row.GetInt64(2),
        row.GetNullableString(6),
        row.GetNullableString(7));

    public static ListedSync ReadListed(DbDataReader row) => new(KeyHex.ToKey(row.GetString(8)), Read(row));

    /// <summary>What does not parse in a row of <see cref="FindWhole"/>; null when it has none.</summary>
    public static RejectedElement? ReadRejected(DbDataReader row) =>
        row.IsDBNull(8) ? null : new((int)row.GetInt64(8), row.GetString(9), row.GetString(10));

    /// <summary>Writes the state of a key that is not known, and locks it; one that is known is left alone.</summary>
    public static SqlStatement Insert(string group, KeyWrite write, Action added)
    {
        const string Sql = """
            INSERT INTO kv_sync (group_name, key_hex, t, v, mv, d, x, ops, hash, error, original)
            VALUES (@Group, @Key, @T, @V, @Mv, @D, @X, @Ops, @Hash, @Error, @Original)
            ON CONFLICT (group_name, key_hex) DO NOTHING
            RETURNING t
            """;

        return new(Sql, ParametersWithText(group, write), _ => added());
    }

    /// <summary>Writes a locked key's new state; the text that is kept stays.</summary>
    public static SqlStatement Update(string group, KeyWrite write)
    {
        const string Sql = """
            UPDATE kv_sync SET t = @T, v = @V, mv = @Mv, d = @D, x = @X, ops = @Ops, hash = @Hash, error = @Error
            WHERE group_name = @Group AND key_hex = @Key
            """;

        return new(Sql, Parameters(group, write));
    }

    /// <summary>Writes a locked key's new state and the text that is kept from now on.</summary>
    public static SqlStatement UpdateWithText(string group, KeyWrite write)
    {
        const string Sql = """
            UPDATE kv_sync SET t = @T, v = @V, mv = @Mv, d = @D, x = @X, ops = @Ops, hash = @Hash, error = @Error, original = @Original
            WHERE group_name = @Group AND key_hex = @Key
            """;

        return new(Sql, ParametersWithText(group, write));
    }

    private static SqlParameter[] ParametersWithText(string group, KeyWrite write) =>
        [.. Parameters(group, write), SqlParameter.Text("@Original", write.Text is { } text ? RawText.Of(text) : null)];

    private static SqlParameter[] Parameters(string group, KeyWrite write)
    {
        var (state, mirrored, hash, error) = write.Sync;
        return
        [
            .. Key(group, write.Key),
            SqlParameter.Number("@T", state.Term),
            SqlParameter.Number("@V", state.Version),
            SqlParameter.Number("@Mv", mirrored),
            SqlParameter.Number("@D", state.DeletedAt),
            SqlParameter.Number("@X", state.ExpiresAt),
            SqlParameter.Text("@Ops", state.Operations.ToString()),
            SqlParameter.Text("@Hash", hash),
            SqlParameter.Text("@Error", error),
        ];
    }
}
