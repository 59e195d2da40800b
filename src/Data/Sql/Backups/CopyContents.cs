using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Sql.Backups;

/// <summary>What a manifest says of a copy, read from the copy itself.</summary>
internal static class CopyContents
{
    public static BackupFile Describe(string module, string path, int? schemaVersion = null) =>
        new(module, Path.GetFileName(path), new FileInfo(path).Length, HashOf(path), schemaVersion ?? SchemaVersionOf(path));

    public static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Whether a copy has no table at all, as one of an empty file has none.</summary>
    public static bool IsEmpty(string path)
    {
        const string Tables = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'";

        using var connection = Open(path);
        return connection.QuerySingle<long>(Tables) == 0;
    }

    /// <summary>The stages as the copy of the key-value store has them; none where its table was taken back.</summary>
    /// <exception cref="UnreadableDataException">One is no document.</exception>
    public static Dictionary<string, BackupStage> StagesOf(string path)
    {
        const string Sql = "SELECT key, value FROM kv_entries WHERE key >= @From AND key < @End";

        using var connection = Open(path);
        if (!HasTable(connection, "kv_entries"))
        {
            return [];
        }

        var range = new { From = Encoding.UTF8.GetBytes(StageDocuments.Prefix), End = Encoding.UTF8.GetBytes("~stage0") };
        return connection.Query<(byte[] Key, byte[] Value)>(Sql, range).ToDictionary(
            row => Encoding.UTF8.GetString(row.Key)[StageDocuments.Prefix.Length..],
            row => StageOf(Encoding.UTF8.GetString(row.Key), row.Value));
    }

    private static BackupStage StageOf(string key, byte[] value)
    {
        var document = StageDocuments.Read(value, key);
        return new(document.Stage.ToText(), document.Epoch);
    }

    private static int SchemaVersionOf(string path)
    {
        const string Newest = "SELECT COALESCE(MAX(version), 0) FROM schema_migrations";

        using var connection = Open(path);
        return HasTable(connection, "schema_migrations") ? (int)connection.QuerySingle<long>(Newest) : 0;
    }

    private static bool HasTable(SqliteConnection connection, string table)
    {
        const string Sql = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = @Table";

        return connection.QuerySingle<long>(Sql, new { Table = table }) > 0;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
