using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>
/// Begins and ends transactions. The driver waits for a lock in steps of 150 ms and cannot be cancelled while it does; here the token ends the wait.
/// </summary>
internal static class SqliteTransactions
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Takes the write lock at once, so that what is read inside cannot turn out stale; waits while another process has it.</summary>
    public static void Begin(SqliteConnection connection, LockWait wait, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");
            if (result != raw.SQLITE_BUSY || wait.IsOver)
            {
                SqliteException.ThrowExceptionForRC(result, connection.Handle);
                return;
            }

            cancellationToken.WaitHandle.WaitOne(Pause);
        }
    }

    /// <summary>Runs queries that all see the file as it is at the first of them, whatever is written meanwhile.</summary>
    public static async Task<T> InSnapshotAsync<T>(SqlSession session, Func<Task<T>> work)
    {
        var connection = (SqliteConnection)session.Connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, "BEGIN"), connection.Handle);
        var result = await work();
        Commit(connection);
        return result;
    }

    public static void Commit(SqliteConnection connection) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, "COMMIT"), connection.Handle);

    /// <summary>Rolls back, unless the failure has already done so.</summary>
    public static void RollBack(SqliteConnection connection)
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, "ROLLBACK"), connection.Handle);
        }
    }
}
