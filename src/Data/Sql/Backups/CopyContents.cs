using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using TraderHub.Core.Migration.Stages;

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

    /// <summary>The stages as the copy of the key-value store has them.</summary>
    public static Dictionary<string, BackupStage> StagesOf(string path)
    {
        const string Sql = "SELECT key, value FROM kv_entries WHERE key >= @From AND key < @End";

        using var connection = Open(path);
        var range = new { From = Encoding.UTF8.GetBytes(StageDocuments.Prefix), End = Encoding.UTF8.GetBytes("~stage0") };
        return connection.Query<(byte[] Key, byte[] Value)>(Sql, range).ToDictionary(
            row => Encoding.UTF8.GetString(row.Key)[StageDocuments.Prefix.Length..],
            row => JsonSerializer.Deserialize(row.Value, StageJson.Default.StageDocument) is { } document
                ? new BackupStage(document.Stage.ToText(), document.Epoch)
                : throw new InvalidDataException($"'{path}' has a stage that is no document."));
    }

    private static int SchemaVersionOf(string path)
    {
        const string HasJournal = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";

        const string Newest = "SELECT COALESCE(MAX(version), 0) FROM schema_migrations";

        using var connection = Open(path);
        return connection.QuerySingle<long>(HasJournal) == 0 ? 0 : (int)connection.QuerySingle<long>(Newest);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
