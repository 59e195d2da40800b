using System.Text;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>Values that cannot be read, and that an operator puts aside.</summary>
public sealed class PutAsideTests
{
    private const string Key = "watchlist:1";

    private static readonly ManualClock Clock = new("2026-11-20T12:31:00Z");

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AValueThatIsPutAside_RendersAsItIs_AndIsNoError_UntilAnotherComes(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);
        var store = (SqlSyncStore)group.Sql;
        await group.SaveAsync(group.Put(Key, "oops"), group.Put("watchlist:2", """["SPY"]"""));

        Assert.True(await store.PutAsideAsync(Key, CancellationToken.None));
        Assert.False(await store.PutAsideAsync(Key, CancellationToken.None));
        Assert.False(await store.PutAsideAsync("watchlist:2", CancellationToken.None));
        var putAside = await group.ReadAsync(Key);
        Assert.Equal(("oops", null), (Saving.TextOf(putAside.Value), putAside.Sync.Error));
        Assert.Equal(0L, await CountErrorsAsync(place));

        await group.SaveAsync(group.Put(Key, "oops", version: 2));
        var again = await group.ReadAsync(Key);
        Assert.Equal(("oops", null, 2L), (Saving.TextOf(again.Value), again.Sync.Error, again.Sync.State.Version));

        await group.SaveAsync(group.Put(Key, "other", version: 3));
        var other = await group.ReadAsync(Key);
        Assert.Equal(1L, await CountErrorsAsync(place));
        Assert.Null(other.Value);
        Assert.NotNull(other.Sync.Error);

        await group.SaveAsync(group.Put(Key, """["SPY"]""", version: 4));
        Assert.Equal("""["SPY"]""", Saving.TextOf((await group.ReadAsync(Key)).Value));
        Assert.Equal(0L, await CountErrorsAsync(place));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("base64:plain")]
    [InlineData("")]
    [InlineData("é\u2028")]
    [InlineData("zero\0")]
    public void RawText_OfAnyText_IsThatTextAgain(string text) =>
        Assert.Equal(Encoding.UTF8.GetBytes(text), RawText.ToBytes(RawText.Of(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void RawText_OfBytesThatAreNoText_IsThoseBytesAgain() => Assert.Equal([0xFF, 0x00, 0xC3], RawText.ToBytes(RawText.Of(new byte[] { 0xFF, 0x00, 0xC3 })));

    private static async Task<long> CountErrorsAsync(TestPlace place) =>
        (await place.Signals.QueryAsync<long>("SELECT COUNT(*) FROM migration_errors", null, CancellationToken.None)).Single();
}
