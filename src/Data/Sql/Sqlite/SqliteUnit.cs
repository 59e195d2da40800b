using System.Collections.Concurrent;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>
/// A transaction whose statements come one by one from a body, which runs on the writer thread too: from statement to statement nobody is waited for. What the body
/// awaits elsewhere comes back here, and the thread serves this unit alone until the body has ended.
/// </summary>
internal sealed class SqliteUnit(PreparedConnection open) : SynchronizationContext
{
    private readonly BlockingCollection<Action> steps = [];
    private readonly int thread = Environment.CurrentManagedThreadId;

    /// <summary>Runs the body on this thread, to its end.</summary>
    public T Run<T>(Func<Task<T>> body)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var running = body();
            running.ContinueWith(_ => steps.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            foreach (var step in steps.GetConsumingEnumerable())
            {
                step();
            }

            return running.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs a statement of the body.</summary>
    public Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var job = new SqliteJob<T>(connection => SqliteFile.Run(connection, work, cancellationToken), cancellationToken);
        if (Environment.CurrentManagedThreadId == thread)
        {
            job.Run(() => open);
        }
        else
        {
            steps.Add(() => job.Run(() => open), CancellationToken.None);
        }

        return job.Completion;
    }

    /// <summary>Goes on with what the body awaited; what comes after its end is none of its.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            steps.Add(() => d(state));
        }
        catch (InvalidOperationException)
        {
            base.Post(d, state);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nobody waits for the writer thread.");
}
