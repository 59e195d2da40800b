using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql.Postgres;
using TraderHub.Data.Sql.Sqlite;

namespace TraderHub.Data.Sql;

/// <summary>
/// The database of one module, on SQLite or PostgreSQL. Every failure is logged once, here, and thrown as a <see cref="StorageException"/>.
/// </summary>
public abstract partial class ModuleDatabase : IAsyncDisposable
{
    private readonly ILogger logger;
    private readonly ISqlEngine engine;

    /// <summary>Opens nothing yet: that comes with the first use.</summary>
    protected ModuleDatabase(string module, DatabaseOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        Module = module;
        DataFolder = options.Directory;
        this.logger = logger;
        engine = options.Provider == DatabaseProvider.Postgres
            ? new PostgresEngine(options.ConnectionString!, module)
            : new SqliteEngine(Path.GetFullPath(Path.Combine(options.Directory, $"{module}.db")));
        TypeHandlers.Register();
    }

    /// <summary>The module's name: its SQLite file, its PostgreSQL schema and its migrations' folder.</summary>
    public string Module { get; }

    /// <summary>The data folder of this machine, also on PostgreSQL.</summary>
    public string DataFolder { get; }

    /// <summary>The SQLite file; null on PostgreSQL.</summary>
    public string? FilePath => engine.FilePath;

    /// <summary>The SQL that differs between the databases.</summary>
    internal Dialect Dialect => engine.Dialect;

    /// <summary>The rows that a query finds.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    public Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql, object? parameters, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        GuardAsync(operation, () => engine.ReadAsync(session => session.QueryAsync<T>(sql, parameters), cancellationToken));

    /// <summary>The one row that a query finds, or the default.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    public Task<T?> FindAsync<T>(
        string sql, object? parameters, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        GuardAsync(operation, () => engine.ReadAsync(session => session.FindAsync<T>(sql, parameters), cancellationToken));

    /// <summary>
    /// The rows of a query that is asked often: its statement is compiled once for each connection, and its rows are read by hand. The parameters have the
    /// same names in the same order each time.
    /// </summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    public Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql,
        IReadOnlyList<SqlParameter> parameters,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken,
        [CallerMemberName] string operation = "") =>
        GuardAsync(operation, () => engine.ReadAsync(session => session.ReadAsync(sql, parameters, read), cancellationToken));

    /// <summary>Runs queries that all see the same moment.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    internal Task ReadTogetherAsync(IReadOnlyList<SqlStatement> queries, CancellationToken cancellationToken, [CallerMemberName] string operation = "") => GuardAsync(
        operation,
        async () =>
        {
            await engine.ReadTogetherAsync(queries, cancellationToken);
            return true;
        });

    /// <summary>Runs a statement that writes; the number of rows it touched is returned once they are committed.</summary>
    /// <exception cref="StorageException">The database refused; nothing was written.</exception>
    public Task<int> ExecuteAsync(
        string sql, object? parameters, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        GuardAsync(operation, () => engine.WriteAsync(session => session.ExecuteAsync(sql, parameters), cancellationToken));

    /// <summary>Runs a statement that writes and returns a row of it (<c>RETURNING</c>), or the default when it touched none.</summary>
    /// <exception cref="StorageException">The database refused; nothing was written.</exception>
    public Task<T?> ExecuteReturningAsync<T>(
        string sql, object? parameters, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        GuardAsync(operation, () => engine.WriteAsync(session => session.FindAsync<T>(sql, parameters), cancellationToken));

    /// <summary>
    /// Runs a body whose reads and writes on this database are one transaction: committed when the task completes, rolled back whole when it throws. Inside
    /// another such body it joins that one. Keep it short: on SQLite nobody else writes meanwhile.
    /// </summary>
    /// <exception cref="StorageException">The database refused; nothing was written.</exception>
    public Task<T> InTransactionAsync<T>(
        Func<Task<T>> body, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        GuardAsync(operation, () => engine.InTransactionAsync(body, cancellationToken));

    /// <summary>
    /// Runs work of several statements as one transaction, on the connection itself: on SQLite all of it on the writer's thread, so that nobody waits for
    /// steps that come one by one. It must not wait for anything else. Inside another transaction it joins that one.
    /// </summary>
    /// <exception cref="StorageException">The database refused; nothing was written.</exception>
    internal Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        GuardAsync(operation, () => engine.WriteAsync(work, cancellationToken));

    /// <summary>Makes the place that the tables stand in: the folder and file, or the schema.</summary>
    /// <exception cref="StorageException">It cannot be made.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) => GuardAsync(
        nameof(PrepareAsync),
        async () =>
        {
            await engine.PrepareAsync(cancellationToken);
            return true;
        });

    /// <summary>Writes a consistent, checked copy into a folder while the database is in use; where it went is returned.</summary>
    /// <exception cref="IOException">The copy cannot be made.</exception>
    public Task<string> BackUpAsync(string directory, CancellationToken cancellationToken) => engine.BackUpAsync(directory, cancellationToken);

    /// <summary>Makes sure that there is room for what is written next, where that is this machine's affair.</summary>
    /// <exception cref="StorageException">There is none.</exception>
    internal Task RequireRoomAsync(CancellationToken cancellationToken) => GuardAsync(
        nameof(RequireRoomAsync),
        async () =>
        {
            await engine.RequireRoomAsync(cancellationToken);
            return true;
        });

    /// <summary>Finishes what is being written and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<T> GuardAsync<T>(string operation, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException)
        {
            LogFailure(Module, operation, exception);
            throw await TranslateAsync(operation, exception);
        }
    }

    private async Task<StorageException> TranslateAsync(string operation, Exception exception)
    {
        if (await engine.FindBrokenConstraintAsync(exception) is { } constraint)
        {
            return new StorageConstraintException(Module, operation, constraint, exception);
        }

        return exception is DbException { IsTransient: true }
            ? new StorageTransactionException(Module, operation, exception)
            : new StorageException(Module, operation, engine.Explain(exception));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Module} database failed at {Operation}")]
    private partial void LogFailure(string module, string operation, Exception exception);
}
