using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>
/// One SQLite file: pooled connections that are all set up alike, and work on them that really ends when it is cancelled (the library's own
/// asynchronous methods run on the caller's thread and do not look at the token).
/// </summary>
internal sealed class SqliteFile
{
    /// <summary><c>SQLITE_DBCONFIG_ENABLE_QPSG</c>, for which the library has no name.</summary>
    private const int EnableQueryPlannerStability = 1007;

    private const string OnOpen = "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;";

    private readonly string connectionString;

    public SqliteFile(string path)
    {
        Path = path;
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Cache = SqliteCacheMode.Private,
            Pooling = true,
            DefaultTimeout = LockWait.Seconds,
        }.ConnectionString;
    }

    public string Path { get; }

    /// <summary>An open connection, to be disposed by the caller.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            connection.Execute(OnOpen);
            KeepPlans(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Has a kept statement keep its plan. Otherwise SQLite compiles it anew at each run whose parameters might make another plan better, and takes a
    /// comparison with an indexed expression for such a case: a page of the job history cost twice as much.
    /// </summary>
    private static void KeepPlans(SqliteConnection connection) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(connection.Handle, EnableQueryPlannerStability, 1, out _), connection.Handle);

    /// <summary>Does work on a connection, on this thread; a cancelled token interrupts the statement that runs.</summary>
    public static T Run<T>(PreparedConnection open, Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var interruption = cancellationToken.Register(() => raw.sqlite3_interrupt(open.Connection.Handle));
        try
        {
            // SQLite's tasks are complete when they are returned.
            return work(new SqlSession(open.Connection, Transaction: null, cancellationToken) { Commands = open.Commands }).GetAwaiter().GetResult();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was cancelled.", exception, cancellationToken);
        }
    }

    /// <summary>Closes the pooled connections, so that the file can be moved or deleted.</summary>
    public void ClosePool() => SqliteConnection.ClearPool(new SqliteConnection(connectionString));
}
