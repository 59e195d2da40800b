using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace TraderHub.Data.Sql;

/// <summary>
/// The database of one module: many readers, one writer. Every failure is logged once, here, and thrown as <see cref="StorageException"/>.
/// </summary>
public abstract partial class ModuleDatabase : IAsyncDisposable
{
    private readonly ILogger logger;
    private readonly SqliteFile file;
    private readonly SqliteWriter writer;

    /// <summary>Opens nothing yet: the file appears with the first use.</summary>
    protected ModuleDatabase(string module, DatabaseOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        Module = module;
        this.logger = logger;
        Path = System.IO.Path.GetFullPath(System.IO.Path.Combine(options.Directory, $"{module}.db"));
        file = new SqliteFile(Path);
        writer = new SqliteWriter(file, module);
        TypeHandlers.Register();
    }

    /// <summary>The module's name, which is also its migrations' folder.</summary>
    public string Module { get; }

    /// <summary>The database's file.</summary>
    public string Path { get; }

    /// <summary>The rows that a query finds.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    public Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql, object? parameters, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        GuardAsync<IReadOnlyList<T>>(operation, async () =>
            await Task.Run(() => Read(connection => connection.Query<T>(sql, parameters).AsList(), cancellationToken), cancellationToken));

    /// <summary>The one row that a query finds, or the default.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    public Task<T?> FindAsync<T>(
        string sql, object? parameters, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        GuardAsync(operation, () =>
            Task.Run(() => Read(connection => connection.QuerySingleOrDefault<T>(sql, parameters), cancellationToken), cancellationToken));

    /// <summary>Runs a statement that writes; the number of rows it touched is returned once they are committed.</summary>
    /// <exception cref="StorageException">The database refused; nothing was written.</exception>
    public Task<int> ExecuteAsync(
        string sql, object? parameters, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        WriteAsync((connection, transaction) => connection.Execute(sql, parameters, transaction), cancellationToken, operation);

    /// <summary>Runs several statements in one transaction, rolled back whole when any of them fails.</summary>
    /// <exception cref="StorageException">The database refused; nothing was written.</exception>
    public Task<T> WriteAsync<T>(
        Func<DbConnection, DbTransaction, T> work, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        GuardAsync(operation, () => writer.WriteAsync((connection, transaction) => work(connection, transaction), cancellationToken));

    /// <summary>Creates the folder, and turns on the write-ahead log, which the file then keeps.</summary>
    /// <exception cref="StorageException">The folder or file cannot be made.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) => GuardAsync(
        nameof(PrepareAsync),
        () => Task.Run(
            () =>
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
                return Read(connection => connection.Execute("PRAGMA journal_mode = WAL"), cancellationToken);
            },
            cancellationToken));

    /// <summary>Finishes what is being written and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        file.ClosePool();
        GC.SuppressFinalize(this);
    }

    private T Read<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        using var connection = file.Open();
        return SqliteFile.Run(connection, work, cancellationToken);
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
            throw new StorageException(Module, operation, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Module} database failed at {Operation}")]
    private partial void LogFailure(string module, string operation, Exception exception);
}
