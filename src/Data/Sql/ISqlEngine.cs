using TraderHub.Core.Platform;

namespace TraderHub.Data.Sql;

/// <summary>What a module's database does differently on SQLite and on PostgreSQL. Everything else is common.</summary>
internal interface ISqlEngine : IAsyncDisposable
{
    /// <summary>The words that differ.</summary>
    Dialect Dialect { get; }

    /// <summary>The file that the database is; null where a server has it.</summary>
    string? FilePath { get; }

    /// <summary>Makes the place that the tables stand in.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Runs work that reads; inside a transaction of this engine it sees what that has written.</summary>
    Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs queries that all see the same moment; inside a transaction of this engine they see what that has written.</summary>
    Task ReadTogetherAsync(IReadOnlyList<SqlStatement> queries, CancellationToken cancellationToken);

    /// <summary>Runs work that writes, in a transaction of its own or in the one that it is inside of.</summary>
    Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a body whose reads and writes on this engine are one transaction: committed when the task completes, rolled back whole when the body throws
    /// or is cancelled. Inside another one it joins that.
    /// </summary>
    Task<T> InTransactionAsync<T>(Func<Task<T>> body, CancellationToken cancellationToken);

    /// <summary>The constraint that a failure broke; null when it was another failure.</summary>
    Task<BrokenConstraint?> FindBrokenConstraintAsync(Exception exception);

    /// <summary>A failure in words for an operator, where the driver's name neither the place nor what to do; any other as it is.</summary>
    Exception Explain(Exception exception);

    /// <summary>Makes sure that there is room for what is written next, where that is this machine's affair.</summary>
    Task RequireRoomAsync(CancellationToken cancellationToken);

    /// <summary>Writes a consistent copy while the database is in use; where it went is returned.</summary>
    Task<string> BackUpAsync(string directory, CancellationToken cancellationToken);
}
