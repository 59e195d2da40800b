using Microsoft.Data.Sqlite;
using TraderHub.Core.Platform;
using TraderHub.Data.Platform;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>A module's SQLite file: many readers off the caller's thread, one writer.</summary>
internal sealed class SqliteEngine : ISqlEngine
{
    private const int PageSize = 4096;

    private readonly AsyncLocal<SqliteUnit?> current = new();
    private readonly SqliteFile file;
    private readonly SqliteReaders readers;
    private readonly SqliteWriter writer;

    public SqliteEngine(string path)
    {
        file = new SqliteFile(path);
        readers = new SqliteReaders(file);
        writer = new SqliteWriter(file);
    }

    public Dialect Dialect => Dialect.Sqlite;

    public string? FilePath => file.Path;

    /// <summary>Makes the file, and turns on the write-ahead log, which it then keeps.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        file.Create();
        return ReadAsync(session => session.ExecuteAsync("PRAGMA journal_mode = WAL", null), cancellationToken);
    }

    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        if (current.Value is { } unit)
        {
            return unit.RunAsync(work, cancellationToken);
        }

        // Whoever cancels is answered at once, also while the driver waits for a lock; the thread follows when it can.
        return Task.Run(() => readers.Run(work, cancellationToken), cancellationToken).WaitAsync(cancellationToken);
    }

    public Task ReadTogetherAsync(IReadOnlyList<SqlStatement> queries, CancellationToken cancellationToken) =>
        current.Value is { } unit
            ? unit.RunAsync(session => RunAsync(session, queries), cancellationToken)
            : ReadAsync(session => SqliteTransactions.InSnapshotAsync(session, () => RunAsync(session, queries)), cancellationToken);

    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        if (current.Value is { } unit)
        {
            return unit.RunAsync(work, cancellationToken);
        }

        var wait = LockWait.Begin();
        return writer.RunAsync(open => InTransaction(open, wait, work, cancellationToken), cancellationToken);
    }

    public async Task<T> InTransactionAsync<T>(Func<Task<T>> body, CancellationToken cancellationToken)
    {
        if (current.Value is not null)
        {
            return await body();
        }

        var callers = ExecutionContext.Capture();
        var wait = LockWait.Begin();
        return await writer.RunAsync(open => InTransaction(open, wait, body, callers, cancellationToken), cancellationToken);
    }

    public Task<BrokenConstraint?> FindBrokenConstraintAsync(Exception exception) =>
        Task.FromResult(exception is SqliteException sqlite ? SqliteConstraints.Find(sqlite) : null);

    public Exception Explain(Exception exception) => SqliteFaults.Explain(file.Path, exception);

    public Task<string> BackUpAsync(string directory, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            PrivateFiles.CreateFolder(directory);
            return SqliteCopies.Take([file.Path], directory)[0];
        },
        cancellationToken);

    /// <summary>Writes a page beside the file: a full disk may still have room in the log for a change as small as a check's.</summary>
    public Task RequireRoomAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var probe = $"{file.Path}.{Guid.NewGuid():n}.probe";
            try
            {
                using var page = PrivateFiles.Create(probe);
                page.Write(new byte[PageSize]);
                page.Flush(flushToDisk: true);
            }
            finally
            {
                File.Delete(probe);
            }
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        readers.Dispose();
        file.Close();
    }

    private static async Task<bool> RunAsync(SqlSession session, IReadOnlyList<SqlStatement> queries)
    {
        await session.RunAsync(queries);
        return true;
    }

    private static T InTransaction<T>(PreparedConnection open, LockWait wait, Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        InTransaction(open, wait, () => SqliteFile.Run(open, work, cancellationToken), cancellationToken);

    private static T InTransaction<T>(PreparedConnection open, LockWait wait, Func<T> work, CancellationToken cancellationToken)
    {
        SqliteTransactions.Begin(open.Connection, wait, cancellationToken);
        try
        {
            var result = work();
            SqliteTransactions.Commit(open.Connection);
            return result;
        }
        catch
        {
            open.Commands.Clear();
            SqliteTransactions.RollBack(open.Connection);
            throw;
        }
    }

    /// <summary>The body, as if its caller ran it; its statements find the unit.</summary>
    private T InTransaction<T>(
        PreparedConnection open, LockWait wait, Func<Task<T>> body, ExecutionContext? callers, CancellationToken cancellationToken)
    {
        var unit = new SqliteUnit(open);
        return InTransaction(open, wait, () => unit.Run(() => callers is null ? RunAsync(unit, body) : Restore(callers, () => RunAsync(unit, body))), cancellationToken);
    }

    private async Task<T> RunAsync<T>(SqliteUnit unit, Func<Task<T>> body)
    {
        current.Value = unit;
        return await body();
    }

    private static Task<T> Restore<T>(ExecutionContext context, Func<Task<T>> begin)
    {
        Task<T>? begun = null;
        ExecutionContext.Run(context, _ => begun = begin(), state: null);
        return begun!;
    }
}
