using System.Data.Common;

namespace TraderHub.Bench.Migration;

/// <summary>Reads stores from their beginning to their end, and does nothing with what it reads.</summary>
internal static class RawReading
{
    /// <summary>Every value of the key-value store with its metadata.</summary>
    public const string KeyValues = "SELECT key, version, expires_at, metadata, value FROM kv_entries ORDER BY key";

    /// <summary>Where every key stands.</summary>
    public const string Sync = "SELECT t, v, mv, d, x, ops, hash, error, key_hex FROM kv_sync ORDER BY group_name, key_hex";

    /// <summary>Every execution.</summary>
    public const string Executions = "SELECT * FROM job_executions ORDER BY execution_date";

    /// <summary>Every result.</summary>
    public const string Results = "SELECT * FROM scheduled_job_results ORDER BY job_execution_id";

    /// <summary>Reads all that a query answers.</summary>
    public static async Task ReadAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new object[reader.FieldCount];
        while (await reader.ReadAsync(cancellationToken))
        {
            reader.GetValues(row);
        }
    }
}
