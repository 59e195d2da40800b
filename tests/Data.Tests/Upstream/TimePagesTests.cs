using FsCheck;
using FsCheck.Fluent;
using TraderHub.Core.Platform;
using TraderHub.Data.Upstream.Hyperliquid;

namespace TraderHub.Data.Tests.Upstream;

public sealed class TimePagesTests
{
    private const int PageSize = 5;

    private static readonly Config AtLeast200Cases = Config.QuickThrowOnFailure.WithMaxTest(200);

    /// <summary>Rows that share milliseconds, but never a page of them.</summary>
    private static readonly Arbitrary<List<(long Time, int Id)>> Histories = Arb.From(
        Gen.Choose(0, 30).ListOf().Select(times => times
            .GroupBy(time => time)
            .SelectMany(rows => rows.Take(PageSize - 1))
            .Order()
            .Select((time, id) => ((long)time, id))
            .ToList()));

    [Fact]
    public void AllPages_TogetherAreTheHistory_EachRowOnce_OldestFirst() => Prop.ForAll(
        Histories, history => ReadAsync(history).GetAwaiter().GetResult().SequenceEqual(history)).Check(AtLeast200Cases);

    [Fact]
    public async Task APage_ThatIsNotFull_MayComeNewestFirst() =>
        Assert.Equal([(1, 1), (2, 2)], await CollectAsync(Pages().ReadAsync(0, _ => Task.FromResult<List<(long, int)>>([(2, 2), (1, 1)]))));

    [Fact]
    public async Task AFullPageOfOneMillisecond_IsNotTakenForTheEnd()
    {
        var history = Enumerable.Range(0, PageSize + 1).Select(id => (7L, id)).ToList();

        var exception = await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync(history));

        Assert.Equal(UpstreamFailure.BadAnswer, exception.Failure);
        Assert.Equal("Hyperliquid has more rows in one millisecond than it gives at once.", exception.Message);
    }

    [Fact]
    public async Task AFullPageFromTheNewestDown_IsNotGoneOnFrom()
    {
        var page = Enumerable.Range(0, PageSize).Select(id => (100L - id, id)).ToList();

        await Assert.ThrowsAsync<UpstreamException>(() => CollectAsync(Pages().ReadAsync(0, _ => Task.FromResult(page))));
    }

    private static TimePages<(long Time, int Id)> Pages() => new(PageSize, row => row.Time, row => row.Id);

    private static Task<List<(long Time, int Id)>> ReadAsync(List<(long Time, int Id)> history) =>
        CollectAsync(Pages().ReadAsync(0, start => Task.FromResult(history.Where(row => row.Time >= start).Take(PageSize).ToList())));

    private static async Task<List<(long Time, int Id)>> CollectAsync(IAsyncEnumerable<IReadOnlyList<(long Time, int Id)>> pages)
    {
        var all = new List<(long, int)>();
        await foreach (var page in pages)
        {
            Assert.NotEmpty(page);
            all.AddRange(page);
        }

        return all;
    }
}
