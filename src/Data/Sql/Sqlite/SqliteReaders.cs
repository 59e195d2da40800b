using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>A connection that reads, with the statements that it has compiled.</summary>
internal sealed record SqliteReader(SqliteConnection Connection, PreparedCommands Commands) : IDisposable
{
    public void Dispose()
    {
        Commands.Dispose();
        Connection.Dispose();
    }
}

/// <summary>
/// The connections that read a file. They stay open between two pieces of work, and so keep their compiled statements, which the driver's own pool drops.
/// </summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> idle = [];
    private volatile bool isClosed;

    /// <summary>Does work on a connection of its own.</summary>
    public T Run<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var reader = idle.TryTake(out var kept) ? kept : Open();
        try
        {
            var result = SqliteFile.Run(reader.Connection, work, cancellationToken, reader.Commands);
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

    /// <summary>Closes the connections that nobody uses, so that the file can be replaced.</summary>
    public void CloseIdle()
    {
        while (idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    /// <summary>Closes all connections, those in use when their work is done.</summary>
    public void Dispose()
    {
        isClosed = true;
        CloseIdle();
    }

    private SqliteReader Open()
    {
        var connection = file.Open();
        return new(connection, new PreparedCommands(connection));
    }
}
