using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

namespace TraderHub.Data.Sql;

/// <summary>
/// The one writer of a SQLite file: a thread of its own that takes transactions in their order, so that writers wait in a queue instead of failing
/// on the file's lock.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly BlockingCollection<Action> queue = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteFile file;
    private SqliteConnection? connection;
    private int disposed;

    public SqliteWriter(SqliteFile file, string name)
    {
        this.file = file;
        new Thread(Work) { IsBackground = true, Name = $"{name} writer" }.Start();
    }

    /// <summary>
    /// Runs work in a transaction, after the work queued before it; it is committed when the task completes, and rolled back whole when it throws.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(() => Complete(completion, work, cancellationToken), CancellationToken.None);
        return completion.Task;
    }

    /// <summary>Finishes the queued work and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        queue.CompleteAdding();
        await ended.Task;
        queue.Dispose();
    }

    private void Work()
    {
        foreach (var work in queue.GetConsumingEnumerable())
        {
            work();
        }

        connection?.Execute("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");
        connection?.Dispose();
        ended.SetResult();
    }

    private void Complete<T>(TaskCompletionSource<T> completion, Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            connection ??= file.Open();
            completion.SetResult(SqliteFile.Run(connection, open => InTransaction(open, work), cancellationToken));
        }
        catch (OperationCanceledException exception)
        {
            completion.SetCanceled(exception.CancellationToken);
        }
        catch (Exception exception)
        {
            // Whatever it is belongs to the one who waits for this work, not to the thread that serves the next.
            completion.SetException(exception);
        }
    }

    private static T InTransaction<T>(SqliteConnection connection, Func<SqliteConnection, SqliteTransaction, T> work)
    {
        // Immediate: the lock is taken here, not at the first write, so that what is read inside cannot turn out stale.
        using var transaction = connection.BeginTransaction(deferred: false);
        var result = work(connection, transaction);
        transaction.Commit();
        return result;
    }
}
