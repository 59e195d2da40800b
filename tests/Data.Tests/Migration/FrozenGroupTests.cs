using System.Text;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
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

    private static readonly MoveRequest Operator = new("operator") { IsForced = true, Reason = "a test has no hour" };

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task WhatSqlHasLost_IsNotWrittenOver_AndRetryBringsItBack(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        var clock = new FastClock(20);
        var store = new MemoryKeyValueStore(clock);
        await store.PutAsync(Key, """["SPY"]"""u8.ToArray(), PutOptions.None, default);
        await using var engine = await TestEngine.MigratedAsync(place, store, clock);
        var operated = engine.Get<MigrationOperations>().Find("signals").Value;
        await engine.Get<BackfillGroup>().ExecuteAsync(operated, Operator, new SweepOptions(), default);
        Assert.Equal(Stage.Sql, (await engine.Get<AdvanceGroup>().ExecuteAsync(operated.Group, Operator, default)).Value.Stage);
        Assert.Null((await WriteAsync(engine, """["SPY","QQQ"]""")).Error);

        await place.Signals.ExecuteAsync("UPDATE kv_sync SET v = v - 1, mv = mv - 1, ops = ''", null, default);
        await place.Signals.ExecuteAsync("DELETE FROM watchlists WHERE ticker = 'QQQ'", null, default);
        var refused = await WriteAsync(engine, """["SPY","GLD"]""");

        Assert.Equal((ErrorKind.Unavailable, "GROUP_FROZEN"), (refused.Error?.Kind, refused.Error?.Code));
        Assert.Equal("""["SPY","QQQ"]""", await ReadAsync(engine));
        Assert.NotNull((await engine.Get<StageDocuments>().FindOrChooseAsync(operated.Group, default)).FrozenBecause);

        var mended = (await engine.Get<RetryGroup>().ExecuteAsync(operated, Operator, default)).Value;
        await Task.Delay(TimeSpan.FromSeconds(6), clock, CancellationToken.None);

        Assert.Equal([new NamedKey(Key, "mended")], mended.Keys);
        Assert.Null((await WriteAsync(engine, """["SPY","QQQ","GLD"]""")).Error);
        Assert.Equal("""["SPY","QQQ","GLD"]""", await ReadAsync(engine));
        Assert.True((await engine.Get<VerifyGroup>().ExecuteAsync(operated, "operator", progress: null, default)).Value.OverallSuccess);
    }

    private static Task<Result<KeyWritten>> WriteAsync(TestEngine engine, string value) => engine.Get<WriteKey>().ExecuteAsync(
        ManagedKey.Of(engine.Group("signals"), Key), OperationId.New(), _ => new KeyChange(Encoding.UTF8.GetBytes(value), ExpiresAt: null), default);

    private static async Task<string> ReadAsync(TestEngine engine) =>
        Encoding.UTF8.GetString((await engine.Get<ReadKey>().ExecuteAsync(ManagedKey.Of(engine.Group("signals"), Key), default)).Value!.Value.Span);
}
