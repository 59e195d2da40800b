using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Signals.Migration;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>What repositories read and write, in each stage.</summary>
public sealed class ManagedValuesTests
{
    private const string Key = "watchlist:1";

    [Theory]
    [InlineData(Stage.Kv)]
    [InlineData(Stage.Copy)]
    [InlineData(Stage.Sql)]
    [InlineData(Stage.SqlOnly)]
    public async Task AChangeToNothing_TakesTheValueAway_AndItCanComeAgain(Stage stage)
    {
        var clock = new FastClock(50);
        await using var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        var store = new MemoryKeyValueStore(clock);
        await store.PutAsync(Key, """["SPY"]"""u8.ToArray(), PutOptions.None, default);
        await using var engine = TestEngine.On(place, store, clock);
        await engine.MoveToAsync(stage);
        var watchlists = new ManagedValues<IReadOnlyList<string>>(new WatchlistEntity(), engine.Group("signals"), engine.Get<ReadKey>(), engine.Get<WriteKey>());

        var deleted = await watchlists.WriteAsync(Key, OperationId.New(), _ => (string[]?)null, expiresAt: null, default);

        Assert.Equal((null, null), (deleted.Error, deleted.Value.Value));
        Assert.Null((await watchlists.ReadAsync(Key, default)).Value);
        Assert.Null((await watchlists.WriteAsync(Key, OperationId.New(), before => before is null ? ["QQQ"] : Array.Empty<string>(), expiresAt: null, default)).Error);
        Assert.Equal(["QQQ"], (await watchlists.ReadAsync(Key, default)).Value);
        var report = await engine.Get<VerifyGroup>().ExecuteAsync(engine.Operated("signals"), "operator", null, default);
        Assert.Equal(stage != Stage.Kv, report.Value.OverallSuccess);
    }
}
