using System.Text;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>A database that the bot itself wrote, with rows and no keys beside them.</summary>
public sealed class AdoptedDatabaseTests
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["chat_ids"] = "[7]",
        ["watchlist:7"] = """["SPY","QQQ"]""",
        ["watchlist:8"] = """["IWM"]""",
        ["active_position:8"] = """{"ticker":"IWM","entryPrice":210.5}""",
    };

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task RowsOfABotThatHadNoKeys_AreRead(DatabaseProvider provider)
    {
        await using var place = await AdoptAsync(provider);
        var store = new MemoryKeyValueStore(TimeProvider.System);
        await using var engine = TestEngine.On(place, store, TimeProvider.System);

        foreach (var (key, value) in Values)
        {
            Assert.Equal(value, await engine.ReadTextAsync(key));
        }

        Assert.Contains("\"executionPrice\":452.1", await engine.ReadTextAsync("execution_history:7"), StringComparison.Ordinal);
        Assert.Contains("Greed", await engine.ReadTextAsync("fear_greed_cache"), StringComparison.Ordinal);
        Assert.Null(await engine.ReadTextAsync("watchlist:9"));
        Assert.True((await engine.Get<StageDocuments>().FindOrChooseAsync(engine.Group("signals"), default)).IsSqlOnly);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AWriteToAdoptedRows_ChangesWhatTheyWere(DatabaseProvider provider)
    {
        await using var place = await AdoptAsync(provider);
        await using var engine = TestEngine.On(place, new MemoryKeyValueStore(TimeProvider.System), TimeProvider.System);

        var seen = new List<string?>();
        var written = await engine.Get<WriteKey>().ExecuteAsync(
            ManagedKey.Of(engine.Group("signals"), "watchlist:7"),
            OperationId.New(),
            value =>
            {
                seen.Add(Saving.TextOf(value));
                return KeyChange.Put("""["SPY","QQQ","GLD"]"""u8.ToArray());
            },
            default);

        Assert.Null(written.Error);
        Assert.Equal(["""["SPY","QQQ"]"""], seen);
        Assert.Equal("""["SPY","QQQ","GLD"]""", await engine.ReadTextAsync("watchlist:7"));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AWayBack_BringsAdoptedRowsToTheKeyValueStore(DatabaseProvider provider)
    {
        await using var place = await AdoptAsync(provider);
        var clock = new FastClock(20);
        var store = new MemoryKeyValueStore(clock);
        await using var engine = TestEngine.On(place, store, clock);

        await engine.Get<StageDocuments>().FindOrChooseAsync(engine.Group("signals"), default);
        var back = await engine.Get<RollBackGroup>().ExecuteAsync(engine.Group("signals"), Stage.Kv, new MoveRequest("operator"), default);

        Assert.Null(back.Error);
        foreach (var (key, value) in Values)
        {
            Assert.Equal(value, Encoding.UTF8.GetString((await store.GetAsync(key, default))!.Value.Span));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task WhereThereAreKeys_RowsThatNoneOfThemHasMade_AreNoValue(DatabaseProvider provider)
    {
        await using var place = await AdoptAsync(provider);
        var store = new MemoryKeyValueStore(TimeProvider.System);
        await store.PutAsync("watchlist:7", """["TLT"]"""u8.ToArray(), Core.KeyValue.PutOptions.None, default);
        await using var engine = TestEngine.On(place, store, TimeProvider.System);

        Assert.Equal(Stage.Kv, (await engine.Get<StageDocuments>().FindOrChooseAsync(engine.Group("signals"), default)).Stage);
        Assert.Equal("""["TLT"]""", await engine.ReadTextAsync("watchlist:7"));
        Assert.Null(await engine.ReadTextAsync("watchlist:8"));
        Assert.Equal(0, (await engine.Group("signals").Sql.CountAsync(default)).Known);
    }

    private static async Task<TestPlace> AdoptAsync(DatabaseProvider provider)
    {
        var place = await Databases.CreateAsync(provider);
        await new MigrationRunner(place.Jobs, TimeProvider.System).MigrateAsync(CancellationToken.None);
        await new MigrationRunner(place.Signals, TimeProvider.System).MigrateAsync(CancellationToken.None);
        var now = TimeProvider.System.GetInstant().ToUnixTimeMilliseconds();
        string[] rows =
        [
            $"INSERT INTO users (chat_id, subscription_status, created_at, updated_at) VALUES ('7', 1, {now}, {now}), ('8', 0, {now}, {now}), ('9', 0, {now}, {now})",
            $"INSERT INTO watchlists (chat_id, ticker, created_at) VALUES ('7', 'SPY', {now}), ('7', 'QQQ', {now}), ('8', 'IWM', {now})",
            $"""
            INSERT INTO executions (chat_id, signal_type, ticker, execution_price, signal_price, execution_date, created_at)
            VALUES ('7', 'BUY', 'SPY', 452.1, NULL, {now}, {now})
            """,
            $"INSERT INTO active_positions (chat_id, ticker, entry_price, created_at, updated_at) VALUES ('8', 'IWM', 210.5, {now}, {now})",
            $$"""
            INSERT INTO cache (cache_key, cache_value, expires_at, updated_at)
            VALUES ('fear_greed_index', '{"rating":"Greed","score":61.2}', {{now + 300_000}}, {{now}})
            """,
        ];
        foreach (var row in rows)
        {
            await place.Signals.ExecuteAsync(row, new { }, default);
        }

        return place;
    }
}
