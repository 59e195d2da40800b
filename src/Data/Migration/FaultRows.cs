using NodaTime;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The tables of what does not parse: values in <c>migration_errors</c>, parts of values and values that an operator gave up in <c>kv_quarantine</c>.</summary>
internal static class FaultRows
{
    /// <summary>The place of a whole value.</summary>
    public const int WholeValue = -1;

    /// <summary>What a write changes of them.</summary>
    public static IEnumerable<SqlStatement> Change(string group, KeyWrite write, SyncState before, Instant now)
    {
        if (write.Rows == RowChange.Keep)
        {
            yield break;
        }

        var key = SyncRows.Key(group, write.Key);

        // What was never written has nothing there.
        if (before.Hash is not null)
        {
            yield return DeleteQuarantined(key);
        }

        foreach (var element in write.Value?.Rejected ?? [])
        {
            yield return Quarantine(key, element, now);
        }

        if (write.Value?.Error is { } reason)
        {
            yield return SaveError(key, reason, RawText.Of(write.Value.Value), now);
        }
        else if (before.Error is not null)
        {
            yield return DeleteError(key);
        }
    }

    private static SqlStatement DeleteQuarantined(SqlParameter[] key)
    {
        const string Sql = "DELETE FROM kv_quarantine WHERE group_name = @Group AND key_hex = @Key";

        return new(Sql, key);
    }

    private static SqlStatement Quarantine(SqlParameter[] key, RejectedElement element, Instant now)
    {
        const string Sql = """
            INSERT INTO kv_quarantine (group_name, key_hex, place, raw, reason, created_at)
            VALUES (@Group, @Key, @Place, @Raw, @Reason, @Now)
            """;

        return new(
            Sql,
            [
                .. key,
                SqlParameter.Number("@Place", element.Place),
                SqlParameter.Text("@Raw", element.Raw),
                SqlParameter.Text("@Reason", element.Reason),
                SqlParameter.Text("@Now", now.ToIso()),
            ]);
    }

    private static SqlStatement SaveError(SqlParameter[] key, string reason, string raw, Instant now)
    {
        const string Sql = """
            INSERT INTO migration_errors (group_name, key_hex, reason, raw, first_seen, last_seen)
            VALUES (@Group, @Key, @Reason, @Raw, @Now, @Now)
            ON CONFLICT (group_name, key_hex) DO UPDATE SET reason = excluded.reason, raw = excluded.raw, last_seen = excluded.last_seen
            """;

        return new(Sql, [.. key, SqlParameter.Text("@Reason", reason), SqlParameter.Text("@Raw", raw), SqlParameter.Text("@Now", now.ToIso())]);
    }

    private static SqlStatement DeleteError(SqlParameter[] key)
    {
        const string Sql = "DELETE FROM migration_errors WHERE group_name = @Group AND key_hex = @Key";

        return new(Sql, key);
    }
}
