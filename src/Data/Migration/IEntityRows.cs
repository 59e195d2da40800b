using NodaTime;
using TraderHub.Core.Migration.Entities;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The rows of an entity's keys.</summary>
internal interface IEntityRows
{
    /// <summary>What they are the rows of.</summary>
    IEntity Entity { get; }

    /// <summary>What to ask for a key's rows.</summary>
    RowsReading Read(string key);

    /// <summary>A query that names the keys that have rows; null where rows outlast their keys, and do not tell which there are.</summary>
    SqlStatement? ListKeys(Action<string> found) => null;

    /// <summary>
    /// Puts the rows of values in the place of those there are, in the transaction of the session. Rows that say what they said stay what they are, with their
    /// ids and times.
    /// </summary>
    Task SaveAsync(SqlSession session, IReadOnlyList<RowsWrite> writes, Instant now);
}

/// <summary>A question for a key's rows.</summary>
/// <param name="Queries">What to run; all of them see the same moment.</param>
/// <param name="Render">What the rows say once the queries have run; null when there are none.</param>
internal sealed record RowsReading(IReadOnlyList<SqlStatement> Queries, Func<RenderedParts, byte[]?> Render);

/// <summary>What belongs to a key's value besides its rows.</summary>
/// <param name="IsThere">Whether there is a value, which may be one without rows.</param>
/// <param name="Rejected">What of it does not parse.</param>
internal sealed record RenderedParts(bool IsThere, IReadOnlyList<RejectedElement> Rejected);

/// <summary>The rows that a key shall have.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value to make them from, which can be read; null removes them.</param>
internal sealed record RowsWrite(string Key, Conversion? Value);
