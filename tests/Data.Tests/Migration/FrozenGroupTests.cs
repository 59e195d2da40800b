using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Platform;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>A database that was put back to an older backup while SQL owned its keys.</summary>
public sealed class FrozenGroupTests
{
    private const string Key = "watchlist:1";

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task WhatSqlHasLost_IsNotWrittenOver_AndRetryBringsItBack(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var clock = new FastClock(20);
        var store = new MemoryKeyValueStore(clock);
        await store.PutAsync(Key, """["SPY"]"""u8.ToArray(), PutOptions.None, default);
        await using var engine = TestEngine.On(place, store, clock);
        var operated = engine.Operated("signals");
        await engine.MoveToAsync(Stage.Sql);
        Assert.Null((await engine.ReplaceAsync(Key, """["SPY","QQQ"]""")).Error);

        await place.Signals.ExecuteAsync("UPDATE kv_sync SET v = v - 1, mv = mv - 1, ops = ''", null, default);
        await place.Signals.ExecuteAsync("DELETE FROM watchlists WHERE ticker = 'QQQ'", null, default);
        var refused = await engine.ReplaceAsync(Key, """["SPY","GLD"]""");

        Assert.Equal((ErrorKind.Unavailable, "GROUP_FROZEN"), (refused.Error?.Kind, refused.Error?.Code));
        Assert.Equal("""["SPY","QQQ"]""", await engine.ReadTextAsync(Key));
        Assert.NotNull((await engine.Get<StageDocuments>().FindOrChooseAsync(operated.Group, default)).FrozenBecause);

        var mended = (await engine.Get<RetryGroup>().ExecuteAsync(operated, TestEngine.Operator, default)).Value;
        await Task.Delay(TimeSpan.FromSeconds(6), clock, CancellationToken.None);

        Assert.Equal([new NamedKey(Key, "mended")], mended.Keys);
        Assert.Null((await engine.ReplaceAsync(Key, """["SPY","QQQ","GLD"]""")).Error);
        Assert.Equal("""["SPY","QQQ","GLD"]""", await engine.ReadTextAsync(Key));
        Assert.True((await engine.Get<VerifyGroup>().ExecuteAsync(operated, "operator", progress: null, default)).Value.OverallSuccess);
    }
}
