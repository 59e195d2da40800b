using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>
/// The one writer of a SQLite file: a thread of its own that takes jobs in their order, so that writers wait in a queue instead of failing on the
/// file's lock.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly BlockingCollection<SqliteJob> queue = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteFile file;
    private SqliteConnection? connection;
    private PreparedCommands? commands;
    private int disposed;

    public SqliteWriter(SqliteFile file)
    {
        this.file = file;
        new Thread(Work) { IsBackground = true, Name = $"{Path.GetFileName(file.Path)} writer" }.Start();
    }

    /// <summary>Runs work on the writer's connection, after the jobs queued before it.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var job = new SqliteJob<T>(work, cancellationToken);
        queue.Add(job, CancellationToken.None);
        return job.Completion;
    }

    /// <summary>The compiled statements of the writer's connection, for work on its thread.</summary>
    public PreparedCommands Commands => commands ??= new(Open());

    /// <summary>Finishes the queued jobs and closes the connection.</summary>
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
        foreach (var job in queue.GetConsumingEnumerable())
        {
            job.Run(Open);
        }

        Close();
        ended.SetResult();
    }

    private SqliteConnection Open() => connection ??= file.Open();

    private void Close()
    {
        commands?.Dispose();
        try
        {
            connection?.Execute("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");
        }
        catch (SqliteException)
        {
            // Only tidying up: what was committed is in the log, and the next start reads it there.
        }

        connection?.Dispose();
    }
}
