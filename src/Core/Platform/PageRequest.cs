namespace TraderHub.Core.Platform;

/// <summary>Which part of a list is asked for. The list goes on after a row's key, so that rows that come or go meanwhile move no other (rule H3).</summary>
/// <param name="List">The list's name; a cursor of one list is not taken by another.</param>
/// <param name="Limit">The most rows to answer.</param>
/// <param name="After">The key of the last row that was answered; null begins the list.</param>
/// <param name="IncludeTotal">Whether the rows of the whole list are counted.</param>
/// <typeparam name="TKey">What the list is ordered by, such as a row's id or a <see cref="TimeKey"/>.</typeparam>
public sealed record PageRequest<TKey>(string List, int Limit, TKey? After, bool IncludeTotal)
    where TKey : struct, IParsable<TKey>
{
    /// <summary>How many rows to read: the one beyond the limit tells that more follow.</summary>
    public int RowsToRead => Limit + 1;

    /// <summary>The page that the rows make.</summary>
    /// <param name="rows">Up to <see cref="RowsToRead"/> rows that follow <see cref="After"/>, in the list's order.</param>
    /// <param name="keyOf">A row's key.</param>
    /// <param name="total">How many rows the whole list has; null when nobody asked.</param>
    public Page<T> ToPage<T>(IReadOnlyList<T> rows, Func<T, TKey> keyOf, long? total = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(keyOf);
        var hasMore = rows.Count > Limit;
        return new(hasMore ? [.. rows.Take(Limit)] : rows, hasMore ? Cursor.Write(List, keyOf(rows[Limit - 1])) : null, hasMore, total);
    }
}
