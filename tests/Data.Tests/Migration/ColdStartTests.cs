using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>An instance that comes up while a store is away, in each stage.</summary>
public sealed class ColdStartTests
{
    private const string Key = "watchlist:1";

    [Theory]
    [InlineData(Stage.Kv)]
    [InlineData(Stage.Copy)]
    [InlineData(Stage.Sql)]
    [InlineData(Stage.SqlOnly)]
    public async Task WithoutTheKeyValueStore_OnlyWhatIsSqlsAlone_IsServed_AndNoStageIsChosen(Stage stage)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        var clock = new FastClock(20);
        var isAway = false;
        var store = new MemoryKeyValueStore(clock, () => isAway ? MemoryFault.Refused : MemoryFault.None);
        await store.PutAsync(Key, """["SPY"]"""u8.ToArray(), PutOptions.None, default);
        await using (var before = TestEngine.On(place, store, clock))
        {
            await before.MoveToAsync(stage);
        }

        isAway = true;
        await using (var engine = TestEngine.On(place, store, clock))
        {
            if (stage == Stage.SqlOnly)
            {
                Assert.Equal("""["SPY"]""", await engine.ReadTextAsync(Key));
                Assert.Null(await WriteAsync(engine, """["SPY","QQQ"]"""));
            }
            else
            {
                await Assert.ThrowsAnyAsync<KeyValueException>(() => engine.ReadTextAsync(Key));
                Assert.Equal(ErrorKind.Unavailable, await WriteAsync(engine, """["LOST"]"""));
            }

            // It is found by itself when the store is back.
            isAway = false;
            await Task.Delay(TimeSpan.FromSeconds(6), clock, CancellationToken.None);
            Assert.Equal(stage == Stage.SqlOnly ? """["SPY","QQQ"]""" : """["SPY"]""", await engine.ReadTextAsync(Key));
            Assert.Equal(stage, (await engine.Get<StageDocuments>().FindOrChooseAsync(engine.Group("signals"), default)).Stage);
        }
    }

    [Theory]
    [InlineData(Stage.Kv)]
    [InlineData(Stage.Copy)]
    public async Task WithoutSql_WhatTheKeyValueStoreOwns_IsServed(Stage stage)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        var clock = new FastClock(20);
        var store = new MemoryKeyValueStore(clock);
        await store.PutAsync(Key, """["SPY"]"""u8.ToArray(), PutOptions.None, default);
        await using (var before = TestEngine.On(place, store, clock))
        {
            await before.MoveToAsync(stage);
        }

        await using var nowhere = new TestPlace(place.Options with { Directory = Path.Combine(place.Folder.Path, "nobody", "made", "this") }, new TempFolder(), server: null);
        await using var engine = TestEngine.On(nowhere, store, clock);

        Assert.Equal("""["SPY"]""", await engine.ReadTextAsync(Key));
        Assert.Null(await WriteAsync(engine, """["SPY","QQQ"]"""));
        Assert.Equal("""["SPY","QQQ"]""", await engine.ReadTextAsync(Key));
    }

    /// <summary>Replaces the value; how it was refused is answered.</summary>
    private static async Task<ErrorKind?> WriteAsync(TestEngine engine, string value)
    {
        try
        {
            return (await engine.ReplaceAsync(Key, value)).Error?.Kind;
        }
        catch (KeyValueException)
        {
            return ErrorKind.Unavailable;
        }
    }
}
