namespace TraderHub.Data.Sql.Sqlite;

/// <summary>Work that waits for the writer thread.</summary>
internal abstract class SqliteJob
{
    /// <summary>Does the work on the writer thread; what becomes of it is the job's own affair, and never throws.</summary>
    public abstract void Run(Func<PreparedConnection> open);
}

/// <summary>Work with a result. A caller who cancels while the job still waits, also for another job, is answered at once.</summary>
internal sealed class SqliteJob<T> : SqliteJob
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<PreparedConnection, T> work;
    private readonly CancellationToken cancellationToken;
    private readonly CancellationTokenRegistration cancellation;
    private int isTaken;

    public SqliteJob(Func<PreparedConnection, T> work, CancellationToken cancellationToken)
    {
        this.work = work;
        this.cancellationToken = cancellationToken;
        cancellation = cancellationToken.Register(() =>
        {
            if (TryTake())
            {
                completion.TrySetCanceled(cancellationToken);
            }
        });
    }

    /// <summary>Completes when the work has.</summary>
    public Task<T> Completion => completion.Task;

    public override void Run(Func<PreparedConnection> open)
    {
        cancellation.Dispose();
        if (!TryTake())
        {
            return;
        }

        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            completion.SetResult(work(open()));
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

    private bool TryTake() => Interlocked.Exchange(ref isTaken, 1) == 0;
}
