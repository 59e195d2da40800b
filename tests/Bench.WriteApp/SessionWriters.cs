using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace TraderHub.Bench.WriteApp;

/// <summary>Writes sessions, each with one statement.</summary>
internal interface ISessionWriter
{
    Task<long> StartAsync(long developer, string owner, string name, long number, string now);

    Task<string> EndAsync(long developer, long id, string now, long seconds);
}

/// <summary>The two statements.</summary>
internal static class Statements
{
    public const string Start = """
        INSERT INTO time_sessions (user_id, repo_owner, repo_name, pr_number, start_time, status, created_at, last_seen_at)
        VALUES (@developer, @owner, @name, @number, @now, 'active', @now, @now)
        RETURNING id
        """;

    public const string End = """
        UPDATE time_sessions SET status = 'completed', end_time = @now, duration_seconds = @seconds
        WHERE id = @id AND user_id = @developer AND status = 'active'
        RETURNING start_time
        """;

    public static void Set(DbCommand command, params (string Name, object Value)[] parameters)
    {
        var isNew = command.Parameters.Count == 0;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (isNew)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = parameters[i].Name;
                command.Parameters.Add(parameter);
            }

            command.Parameters[i].Value = parameters[i].Value;
        }
    }
}

/// <summary>One connection, one writer at a time, statements that stay compiled.</summary>
internal sealed class SqliteWriter : ISessionWriter
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand start;
    private readonly SqliteCommand end;

    public SqliteWriter(string path)
    {
        connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var pragma = new SqliteCommand("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON", connection);
        pragma.ExecuteNonQuery();
        (begin, commit) = (new SqliteCommand("BEGIN IMMEDIATE", connection), new SqliteCommand("COMMIT", connection));
        (start, end) = (new SqliteCommand(Statements.Start, connection), new SqliteCommand(Statements.End, connection));
    }

    public async Task<long> StartAsync(long developer, string owner, string name, long number, string now) => (long)await RunAsync(
        start, ("@developer", developer), ("@owner", owner), ("@name", name), ("@number", number), ("@now", now));

    public async Task<string> EndAsync(long developer, long id, string now, long seconds) =>
        (string)await RunAsync(end, ("@developer", developer), ("@id", id), ("@now", now), ("@seconds", seconds));

    private async Task<object> RunAsync(SqliteCommand command, params (string, object)[] parameters)
    {
        await turn.WaitAsync();
        try
        {
            begin.ExecuteNonQuery();
            Statements.Set(command, parameters);
            var result = command.ExecuteScalar()!;
            commit.ExecuteNonQuery();
            return result;
        }
        finally
        {
            turn.Release();
        }
    }
}

/// <summary>Pooled connections, statements that the server keeps planned.</summary>
internal sealed class PostgresWriter(string database) : ISessionWriter
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database) { SearchPath = "worktime", MaxAutoPrepare = 10, AutoPrepareMinUsages = 1 });

    public async Task<long> StartAsync(long developer, string owner, string name, long number, string now) => (long)await RunAsync(
        Statements.Start, ("@developer", developer), ("@owner", owner), ("@name", name), ("@number", number), ("@now", now));

    public async Task<string> EndAsync(long developer, long id, string now, long seconds) =>
        (string)await RunAsync(Statements.End, ("@developer", developer), ("@id", id), ("@now", now), ("@seconds", seconds));

    private async Task<object> RunAsync(string sql, params (string, object)[] parameters)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        Statements.Set(command, parameters);
        var result = await command.ExecuteScalarAsync();
        await transaction.CommitAsync();
        return result!;
    }
}
