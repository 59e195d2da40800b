using System.Collections.Concurrent;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>
/// The connections that read a file. They stay open between two pieces of work, and so keep their compiled statements, which the driver's own pool drops.
/// </summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private readonly ConcurrentBag<PreparedConnection> idle = [];
    private volatile bool isClosed;

    /// <summary>Does work on a connection of its own.</summary>
    public T Run<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var reader = idle.TryTake(out var kept) ? kept : PreparedConnection.Open(file);
        try
        {
            var result = SqliteFile.Run(reader, work, cancellationToken);
            idle.Add(reader);
            return result;
        }
        catch
        {
            // Whatever went wrong, the next one begins on a fresh connection.
            reader.Dispose();
            throw;
        }
        finally
        {
            if (isClosed)
            {
                CloseIdle();
            }
        }
    }

    /// <summary>Closes all connections, those in use when their work is done.</summary>
    public void Dispose()
    {
        isClosed = true;
        CloseIdle();
    }

    private void CloseIdle()
    {
        while (idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
