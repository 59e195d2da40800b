using System.Diagnostics;
using Npgsql;
using TraderHub.Core.Platform;
using TraderHub.Data.Platform;

namespace TraderHub.Data.Sql.Postgres;

/// <summary>A module's schema in a PostgreSQL database.</summary>
internal sealed class PostgresEngine : ISqlEngine
{
    /// <summary>
    /// Statements that are asked often are planned once for each connection, as SQLite's are; and work here leaves nothing behind on a connection that would have
    /// to be reset for the next. Somebody else's lock is waited for at most as long as on SQLite, 5 seconds: for a row that is twice this limit, once in the
    /// queue of those who want it and once at its head. What the connection string says itself comes later and counts: a pooler before the server may allow
    /// none of it.
    /// </summary>
    private const string Defaults = "Max Auto Prepare=100;No Reset On Close=true;Application Name=TraderHub;Options=-c lock_timeout=2500;";

    private static readonly SqlStatement BeginSnapshot = new("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", []);

    private static readonly SqlStatement EndSnapshot = new("COMMIT", []);

    private readonly AsyncLocal<SqlSession?> current = new();
    private readonly NpgsqlDataSource source;
    private readonly NpgsqlConnectionStringBuilder connection;
    private readonly string schema;

    public PostgresEngine(string connectionString, string schema)
    {
        this.schema = schema;
        connection = new NpgsqlConnectionStringBuilder(Defaults + connectionString) { SearchPath = schema };
        source = NpgsqlDataSource.Create(connection);
    }

    public Dialect Dialect => Dialect.Postgres;

    public string? FilePath => null;

    /// <summary>Whether a text can be read as a connection string.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public Task PrepareAsync(CancellationToken cancellationToken) =>

        // Two instances that start at once may both try; the lock lets one of them find the schema there.
        WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(hashtext('traderhub schemas'))", null);
                return await session.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {schema}", null);
            },
            cancellationToken);

    public async Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        if (current.Value is { } session)
        {
            return await work(session with { CancellationToken = cancellationToken });
        }

        await using var open = await source.OpenConnectionAsync(cancellationToken);
        return await work(new SqlSession(open, Transaction: null, cancellationToken));
    }

    public async Task ReadTogetherAsync(IReadOnlyList<SqlStatement> queries, CancellationToken cancellationToken)
    {
        if (current.Value is { } session)
        {
            await (session with { CancellationToken = cancellationToken }).RunAsync(queries);
            return;
        }

        // The transaction's ends travel with the queries, so that it all takes one round.
        await using var open = await source.OpenConnectionAsync(cancellationToken);
        await new SqlSession(open, Transaction: null, cancellationToken).RunAsync([BeginSnapshot, .. queries, EndSnapshot]);
    }

    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        InTransactionAsync(() => work(current.Value! with { CancellationToken = cancellationToken }), cancellationToken);

    public async Task<T> InTransactionAsync<T>(Func<Task<T>> body, CancellationToken cancellationToken)
    {
        if (current.Value is not null)
        {
            return await body();
        }

        await using var open = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await open.BeginTransactionAsync(cancellationToken);
        current.Value = new SqlSession(open, transaction, cancellationToken);
        var result = await body();
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    public async Task<BrokenConstraint?> FindBrokenConstraintAsync(Exception exception) =>
        exception is PostgresException postgres ? await PostgresConstraints.FindAsync(postgres, source) : null;

    public Exception Explain(Exception exception) => exception;

    /// <summary>The server's room is the server's affair, and not told to its clients.</summary>
    public Task RequireRoomAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<string> BackUpAsync(string directory, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateFolder(directory);
        var target = Path.Combine(directory, $"{schema}.sql");
        if (File.Exists(target))
        {
            throw new IOException($"'{target}' is there already; a backup never overwrites another.");
        }

        // The program writes into the file that is there, whose rights stay.
        await PrivateFiles.Create(target).DisposeAsync();

        string[] arguments =
        [
            "--host", connection.Host!, "--port", $"{connection.Port}", "--username", connection.Username!, "--schema", schema,
            "--file", target, connection.Database ?? connection.Username!,
        ];
        await RunAsync("pg_dump", arguments, cancellationToken);
        return target;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = connection.Password ?? string.Empty;
        try
        {
            using var process = Process.Start(start)!;
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new IOException($"{program} failed: {errors.Trim()}");
            }
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new BackupToolMissingException($"{program} is not on this machine. Install PostgreSQL's client programs, or back the database up where they are.", exception);
        }
    }
}
