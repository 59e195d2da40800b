using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Platform;

public sealed class PageTests
{
    [Theory]
    [InlineData(0, 3, 0, false)]
    [InlineData(2, 3, 2, false)]
    [InlineData(3, 3, 3, false)]
    [InlineData(4, 3, 3, true)]
    public void ToPage_TheRowBeyondTheLimit_OnlyTellsThatMoreFollow(int rows, int limit, int items, bool hasMore)
    {
        var request = new PageRequest<long>("rows", limit, null, IncludeTotal: false);

        var page = request.ToPage(Enumerable.Range(1, rows).ToList(), row => row, total: null);

        Assert.Equal(Enumerable.Range(1, items), page.Items);
        Assert.Equal(hasMore, page.HasMore);
        Assert.Equal(hasMore ? Cursor.Write("rows", 3L) : null, page.NextCursor);
    }

    [Fact]
    public void Select_ChangesTheRowsAlone()
    {
        var page = new Page<int>([1, 2], "next", true, 9);

        var other = page.Select(row => $"{row}");

        Assert.Equal(["1", "2"], other.Items);
        Assert.Equal(("next", true, 9L), (other.NextCursor, other.HasMore, other.Total));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(100, null, true)]
    [InlineData(101, null, false)]
    [InlineData(null, 101, true)]
    [InlineData(null, 100, false)]
    [InlineData(100, 101, true)]
    [InlineData(100, 100, false)]
    public void TimeRange_HoldsItsFirstInstantAndNotItsLast(int? from, int? to, bool holds)
    {
        var range = new TimeRange(At(from), At(to));

        Assert.Equal(holds, range.Contains(Instant.FromUnixTimeSeconds(100)));

        static Instant? At(int? seconds) => seconds is { } value ? Instant.FromUnixTimeSeconds(value) : null;
    }
}
