using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Verification;

/// <summary>The tables that a group's keys become rows of.</summary>
public interface IGroupTables
{
    /// <summary>How many rows a value is.</summary>
    /// <param name="entity">What the key is.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value; null when it has none.</param>
    IReadOnlyList<TableCount> CountRows(IEntity entity, string key, ReadOnlyMemory<byte>? value);

    /// <summary>Looks for what no application could have written: rows that belong to nothing, and values out of their range.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<IReadOnlyList<TableDamage>> FindDamageAsync(CancellationToken cancellationToken);

    /// <summary>Whether no row has come from anywhere.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<bool> AreEmptyAsync(CancellationToken cancellationToken);

    /// <summary>Notes that everything was copied, where a table of the group has a place for it.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task NoteCompletedAsync(CancellationToken cancellationToken);
}

/// <summary>Rows of a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Count">How many.</param>
public sealed record TableCount(string Table, long Count);

/// <summary>Something that is wrong in a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Type"><c>foreign_key</c> or <c>range</c>.</param>
/// <param name="Description">What is wrong.</param>
/// <param name="Count">In how many rows.</param>
public sealed record TableDamage(string Table, string Type, string Description, long Count);
