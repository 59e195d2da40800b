using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TraderHub.Data.Platform;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>Copies of SQLite files as they all were at one moment, made while they are in use.</summary>
internal static class SqliteCopies
{
    private const int LockWaitSeconds = 5;

    /// <summary>Copies files into a folder and checks the copies, whose paths are returned.</summary>
    /// <exception cref="DataFileException">A file is missing, empty, busy or damaged.</exception>
    public static IReadOnlyList<string> Take(IReadOnlyList<string> files, string directory)
    {
        // Everybody who locks several files goes by this order, so that two never wait for each other.
        var ordered = files.Order(StringComparer.Ordinal).ToList();
        foreach (var file in ordered.Where(file => !File.Exists(file)))
        {
            throw new DataFileException($"There is no '{file}' to copy. 'db migrate' makes it.");
        }

        var snapshots = new List<SqliteConnection>();
        try
        {
            // While nobody can write to any of them, each gets its snapshot; who wants to write waits for no copy.
            using (LockAll(ordered))
            {
                snapshots.AddRange(ordered.Select(OpenSnapshot));
            }

            return [.. ordered.Zip(snapshots, (file, snapshot) => Copy(file, snapshot, directory))];
        }
        finally
        {
            snapshots.ForEach(snapshot => snapshot.Dispose());
        }
    }

    /// <summary>Makes a file one that can be moved as it is, without a log beside it.</summary>
    /// <exception cref="DataFileException">It cannot be written.</exception>
    public static void Seal(string path)
    {
        try
        {
            using var connection = Open(path);
            connection.Execute("PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException exception)
        {
            throw SqliteFaults.Explain(path, exception);
        }
    }

    /// <summary>Makes sure that no connection is open to a file, also none of a program that knows no lock of ours.</summary>
    /// <exception cref="DataFileException">There is one.</exception>
    public static void RequireUnused(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return;
        }

        try
        {
            // In this mode the lock needs every other connection closed, also one that only reads.
            using var connection = Open(path);
            connection.Execute("PRAGMA locking_mode = EXCLUSIVE");
            connection.Execute("BEGIN EXCLUSIVE", commandTimeout: 1);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            throw new DataFileException($"'{path}' is in use by another program. Stop it first; nothing was changed.", exception);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT)
        {
            // It cannot be read any more, and is to be replaced.
        }
    }

    private static Locks LockAll(IReadOnlyList<string> files)
    {
        var locks = new Locks();
        var started = Stopwatch.GetTimestamp();
        foreach (var file in files)
        {
            try
            {
                var left = LockWaitSeconds - (int)Stopwatch.GetElapsedTime(started).TotalSeconds;
                locks.Add(file, Math.Max(1, left));
            }
            catch (SqliteException exception)
            {
                locks.Dispose();
                throw exception.SqliteErrorCode == raw.SQLITE_BUSY
                    ? new DataFileException($"'{file}' is busy: another process has been writing to it for {LockWaitSeconds} seconds. Try again; nothing was copied.", exception)
                    : SqliteFaults.Explain(file, exception);
            }
        }

        return locks;
    }

    private static SqliteConnection OpenSnapshot(string file)
    {
        var connection = Open(file);
        connection.Execute("BEGIN DEFERRED");

        // The snapshot begins with the first read.
        connection.ExecuteScalar("SELECT COUNT(*) FROM sqlite_master");
        return connection;
    }

    private static string Copy(string file, SqliteConnection snapshot, string directory)
    {
        var target = Path.Combine(directory, Path.GetFileName(file));
        try
        {
            PrivateFiles.Create(target).Dispose();
            using (var copy = Open(target))
            {
                snapshot.BackupDatabase(copy);
            }

            Seal(target);
            RequireSound(file, target);
            return target;
        }
        catch (SqliteException exception)
        {
            throw SqliteFaults.Explain(exception.SqliteErrorCode is raw.SQLITE_FULL ? target : file, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.Explain(target, exception);
        }
    }

    private static void RequireSound(string file, string copy)
    {
        using var connection = Open(copy);
        var verdict = connection.QueryFirst<string>("PRAGMA integrity_check(1)");
        if (verdict != "ok")
        {
            throw new DataFileException($"'{file}' is damaged ({verdict.ReplaceLineEndings(" ")}). {SqliteFaults.DamageRemedy}");
        }

        // Nothing is wrong with nothing: SQLite takes an empty file for a sound database without tables.
        if (connection.QuerySingle<long>("SELECT COUNT(*) FROM sqlite_master") == 0)
        {
            throw SqliteFaults.Empty(file);
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = LockWaitSeconds }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>The write locks of files, until they are disposed of.</summary>
    private sealed class Locks : IDisposable
    {
        private readonly List<SqliteConnection> held = [];

        public void Add(string file, int waitSeconds)
        {
            var connection = Open(file);
            held.Add(connection);
            connection.Execute("BEGIN IMMEDIATE", commandTimeout: waitSeconds);
        }

        public void Dispose() => held.ForEach(connection => connection.Dispose());
    }
}
