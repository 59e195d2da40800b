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
        var key = SyncRows.Key(group, write.Key);
        if (write.Rows == RowChange.Keep)
        {
            if (before.Error is not null && write.Sync.Error is null)
            {
                yield return DeleteError(key);
            }

            yield break;
        }

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

    /// <summary>Looks whether a key has an error.</summary>
    public static SqlStatement FindError(string group, string key, Action found)
    {
        const string Sql = "SELECT 1 FROM migration_errors WHERE group_name = @Group AND key_hex = @Key";

        return new(Sql, SyncRows.Key(group, key), _ => found());
    }

    /// <summary>Makes a key's error a value that is put aside.</summary>
    public static SqlStatement[] PutAside(string group, string key, Instant now)
    {
        const string Sql = """
            INSERT INTO kv_quarantine (group_name, key_hex, place, raw, reason, created_at)
            SELECT group_name, key_hex, @Place, raw, reason, @Now
            FROM migration_errors
            WHERE group_name = @Group AND key_hex = @Key
            """;
        const string Clear = "UPDATE kv_sync SET error = NULL WHERE group_name = @Group AND key_hex = @Key";

        var name = SyncRows.Key(group, key);
        return [new(Sql, [.. name, SqlParameter.Number("@Place", WholeValue), SqlParameter.Text("@Now", now.ToIso())]), DeleteError(name), new(Clear, name)];
    }

    /// <summary>Looks whether exactly a value is put aside.</summary>
    public static SqlStatement FindPutAside(string group, KeyWrite write, Action found)
    {
        const string Sql = "SELECT raw FROM kv_quarantine WHERE group_name = @Group AND key_hex = @Key AND place = @Place";

        var raw = RawText.Of(write.Value!.Value);
        return new(Sql, [.. SyncRows.Key(group, write.Key), SqlParameter.Number("@Place", WholeValue)], row =>
        {
            if (row.GetString(0) == raw)
            {
                found();
            }
        });
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
