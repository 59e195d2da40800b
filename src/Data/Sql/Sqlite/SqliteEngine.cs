using Microsoft.Data.Sqlite;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>A module's SQLite file: many readers off the caller's thread, one writer.</summary>
internal sealed class SqliteEngine : ISqlEngine
{
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

    /// <summary>Creates the folder, and turns on the write-ahead log, which the file then keeps.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
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

    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        current.Value is { } unit
            ? unit.RunAsync(work, cancellationToken)
            : writer.RunAsync(connection => InTransaction(connection, work, cancellationToken), cancellationToken);

    public async Task<T> InTransactionAsync<T>(Func<Task<T>> body, CancellationToken cancellationToken)
    {
        if (current.Value is not null)
        {
            return await body();
        }

        var unit = new SqliteUnit(writer);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = RunBodyAsync(body, unit, begun.Task);
        try
        {
            await writer.RunAsync(connection => Serve(connection, unit, begun, result, cancellationToken), cancellationToken);
            return await result;
        }
        finally
        {
            // Where the transaction never began, the body must not wait for it.
            begun.TrySetCanceled(cancellationToken);
        }
    }

    public Task<BrokenConstraint?> FindBrokenConstraintAsync(Exception exception) =>
        Task.FromResult(exception is SqliteException sqlite ? SqliteConstraints.Find(sqlite) : null);

    public Task<string> BackUpAsync(string directory, CancellationToken cancellationToken) =>
        Task.Run(() => SqliteCopies.BackUp(file, directory), cancellationToken);

    public Task RestoreAsync(string directory, CancellationToken cancellationToken)
    {
        readers.CloseIdle();
        return Task.Run(() => SqliteCopies.Restore(file, directory), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        readers.Dispose();
        file.ClosePool();
    }

    private T InTransaction<T>(SqliteConnection connection, Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        SqliteTransactions.Begin(connection, cancellationToken);
        try
        {
            var result = SqliteFile.Run(connection, work, cancellationToken, writer.Commands);
            SqliteTransactions.Commit(connection);
            return result;
        }
        catch
        {
            SqliteTransactions.RollBack(connection);
            throw;
        }
    }

    /// <summary>The body, in its caller's context: it waits until the transaction has begun, and its statements find the unit.</summary>
    private async Task<T> RunBodyAsync<T>(Func<Task<T>> body, SqliteUnit unit, Task begun)
    {
        try
        {
            await begun;
            current.Value = unit;
            return await body();
        }
        finally
        {
            unit.Complete();
        }
    }

    private static bool Serve<T>(
        SqliteConnection connection, SqliteUnit unit, TaskCompletionSource begun, Task<T> body, CancellationToken cancellationToken)
    {
        SqliteTransactions.Begin(connection, cancellationToken);
        begun.SetResult();
        unit.Serve(connection);
        try
        {
            body.GetAwaiter().GetResult();
            SqliteTransactions.Commit(connection);
            return true;
        }
        catch
        {
            SqliteTransactions.RollBack(connection);
            throw;
        }
    }
}
