using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>A part of a list that is asked for by how many rows to leave out, as the documented clients do, or by the last row of the part before.</summary>
internal sealed record OffsetPage(string List, int Limit, int Offset, TimeKey? After)
{
    private const int LargestOffset = 1_000_000_000;

    public static OffsetPage Read(RequestQuery query, string list)
    {
        var offset = query.Number("offset", 0, LargestOffset);
        var after = query.After<TimeKey>(list);
        query.Require(offset is null || after is null, "offset", "must not be given together with 'cursor'.");
        return new(list, query.Limit(), offset ?? 0, after);
    }

    /// <summary>The rows of this part, and the cursor of the next; null at the end.</summary>
    /// <param name="rows">The rows, and one more where there is one.</param>
    /// <param name="keyOf">A row's key.</param>
    public (IEnumerable<T> Rows, string? Next) Cut<T>(IReadOnlyList<T> rows, Func<T, TimeKey> keyOf) =>
        rows.Count > Limit ? (rows.Take(Limit), Cursor.Write(List, keyOf(rows[Limit - 1]))) : (rows, null);
}
