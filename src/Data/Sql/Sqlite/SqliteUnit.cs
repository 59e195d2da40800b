using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>
/// A transaction whose statements come one by one from a body that runs elsewhere. While it lasts, the writer thread serves this unit alone.
/// </summary>
internal sealed class SqliteUnit(SqliteWriter writer)
{
    private readonly BlockingCollection<SqliteJob> steps = [];

    /// <summary>Runs a statement of the body on the writer thread.</summary>
    public Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var job = new SqliteJob<T>(connection => SqliteFile.Run(connection, work, cancellationToken, writer.Commands), cancellationToken);
        steps.Add(job, CancellationToken.None);
        return job.Completion;
    }

    /// <summary>The body has ended: no more statements come.</summary>
    public void Complete() => steps.CompleteAdding();

    /// <summary>Serves the body on the writer thread until it has ended.</summary>
    public void Serve(SqliteConnection connection)
    {
        foreach (var step in steps.GetConsumingEnumerable())
        {
            step.Run(() => connection);
        }
    }
}
