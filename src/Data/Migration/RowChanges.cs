namespace TraderHub.Data.Migration;

/// <summary>What becomes of the rows of a list.</summary>
/// <param name="Kept">The rows that stay.</param>
/// <param name="Gone">The rows that go.</param>
/// <param name="New">The elements, behind those that stay, that have no row yet.</param>
internal sealed record RowChanges<TRow, TItem>(IReadOnlyList<TRow> Kept, IReadOnlyList<TRow> Gone, IReadOnlyList<TItem> New);

/// <summary>Compares the rows of a list with what it shall be.</summary>
internal static class RowChanges
{
    /// <summary>
    /// The rows that stay are those that say, in their order, what the list begins with. What comes behind must have newer rows, or it would not come behind.
    /// </summary>
    public static RowChanges<TRow, TItem> Compare<TRow, TItem>(IReadOnlyList<TRow> stored, IReadOnlyList<TItem> wanted, Func<TRow, TItem, bool> saysTheSame)
    {
        var kept = new List<TRow>();
        var gone = new List<TRow>();
        foreach (var row in stored)
        {
            var stays = kept.Count < wanted.Count && saysTheSame(row, wanted[kept.Count]);
            (stays ? kept : gone).Add(row);
        }

        return new(kept, gone, [.. wanted.Skip(kept.Count)]);
    }
}
