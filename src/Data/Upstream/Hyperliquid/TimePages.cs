using TraderHub.Core.Platform;
using TraderHub.Data.Upstream.Hyperliquid.Asking;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>
/// Reads rows by time, page after page. Rows of one millisecond can lie on two pages, so each page begins with the last millisecond of the one
/// before, and what was there already is left out.
/// </summary>
/// <param name="pageSize">How many rows a full page has.</param>
/// <param name="timeOf">A row's time.</param>
/// <param name="identityOf">What tells a row from the others.</param>
internal sealed class TimePages<T>(int pageSize, Func<T, long> timeOf, Func<T, object> identityOf)
{
    /// <summary>The pages, oldest first; none is empty.</summary>
    /// <param name="start">The first millisecond.</param>
    /// <param name="readAsync">Reads the page that begins with a millisecond.</param>
    /// <exception cref="UpstreamException">A page cannot be read, or what follows it cannot be asked for: rows would be lost.</exception>
    public async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync(long start, Func<long, Task<List<T>>> readAsync)
    {
        var seen = new HashSet<object>();
        while (true)
        {
            var page = await readAsync(start);
            var rows = page.OrderBy(timeOf).Where(row => seen.Add(identityOf(row))).ToList();
            if (rows.Count > 0)
            {
                yield return rows;
            }

            if (page.Count < pageSize)
            {
                yield break;
            }

            start = NextStart(page, start);
            seen = page.Where(row => timeOf(row) == start).Select(identityOf).ToHashSet();
        }
    }

    private long NextStart(List<T> page, long start)
    {
        // A full page that ends with its oldest row has left out what is older still, and nothing can be said of where to go on.
        if (timeOf(page[^1]) < timeOf(page[0]))
        {
            throw Stuck("answered a full page from the newest row down.");
        }

        var next = page.Max(timeOf);
        return next > start ? next : throw Stuck("has more rows in one millisecond than it gives at once.");
    }

    private static UpstreamException Stuck(string detail) => new(HyperliquidInfo.Name, UpstreamFailure.BadAnswer, detail);
}
