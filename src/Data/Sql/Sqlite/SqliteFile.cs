using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TraderHub.Data.Platform;

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
    private readonly Lock gate = new();
    private DataFolder? use;

    public SqliteFile(string path)
    {
        Path = path;
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,

            // A file that somebody removed does not come back empty while the process goes on; Create is where one is made.
            Mode = SqliteOpenMode.ReadWrite,
            Cache = SqliteCacheMode.Private,
            Pooling = true,
            DefaultTimeout = LockWait.Seconds,
        }.ConnectionString;
    }

    public string Path { get; }

    /// <summary>Makes the file where there is none, and takes from others the right to read it.</summary>
    /// <exception cref="DataFileException">There is one, and it is empty.</exception>
    public void Create()
    {
        UseFolder();
        if (!File.Exists(Path))
        {
            CreateNew();
        }

        if (new FileInfo(Path).Length == 0)
        {
            throw SqliteFaults.Empty(Path);
        }

        // SQLite gives the files beside it the rights of the file.
        PrivateFiles.Restrict(Path);
        PrivateFiles.Restrict($"{Path}-wal");
        PrivateFiles.Restrict($"{Path}-shm");
    }

    /// <summary>An open connection, to be disposed by the caller.</summary>
    public SqliteConnection Open()
    {
        UseFolder();
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

    /// <summary>Closes the pooled connections, and ends the use of the folder.</summary>
    public void Close()
    {
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
        lock (gate)
        {
            use?.Dispose();
            use = null;
        }
    }

    private void UseFolder()
    {
        lock (gate)
        {
            use ??= DataFolder.Use(System.IO.Path.GetDirectoryName(Path)!);
        }
    }

    /// <summary>The file is there when SQLite can read it, and not before: who is killed on the way leaves no empty one.</summary>
    private void CreateNew()
    {
        var incomplete = $"{Path}.{Guid.NewGuid():n}.new";
        try
        {
            PrivateFiles.Create(incomplete).Dispose();
            using (var connection = new SqliteConnection($"Data Source={incomplete};Mode=ReadWrite;Pooling=False"))
            {
                connection.Open();
                connection.Execute("PRAGMA journal_mode = WAL");
            }

            File.Move(incomplete, Path);
        }
        catch (IOException) when (File.Exists(Path))
        {
            // Another process was faster.
        }
        finally
        {
            File.Delete(incomplete);
        }
    }
}
