using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TraderHub.Data.Sql;

/// <summary>
/// One SQLite file: pooled connections that are all set up alike, and work on them that really ends when it is cancelled (the library's own
/// asynchronous methods run on the caller's thread and do not look at the token).
/// </summary>
internal sealed class SqliteFile
{
    private const string OnOpen = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;";

    private const int Interrupted = 9;

    private readonly string connectionString;

    public SqliteFile(string path) => connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Cache = SqliteCacheMode.Private,
        Pooling = true,
    }.ConnectionString;

    /// <summary>An open connection, to be disposed by the caller.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            connection.Execute(OnOpen);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Does work on a connection; a cancelled token interrupts the statement that runs.</summary>
    public static T Run<T>(SqliteConnection connection, Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var interruption = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
        try
        {
            return work(connection);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == Interrupted && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was cancelled.", exception, cancellationToken);
        }
    }

    /// <summary>Closes the pooled connections, so that the file can be moved or deleted.</summary>
    public void ClosePool() => SqliteConnection.ClearPool(new SqliteConnection(connectionString));
}
