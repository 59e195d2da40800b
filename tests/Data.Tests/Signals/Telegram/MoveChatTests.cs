using System.Text;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Signals.Telegram.Moves;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Signals.Telegram;
using TraderHub.Data.Sql;
using TraderHub.Data.Tests.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Telegram;

/// <summary>A group that becomes a supergroup keeps everything, in every stage.</summary>
public sealed class MoveChatTests
{
    private const string Old = "-4011";
    private const string New = "-1001557900011";
    private const string Buy = """{"signalType":"BUY","ticker":"SPY","executionPrice":400,"executionDate":1795253400000}""";
    private const string LaterBuy = """{"signalType":"BUY","ticker":"SPY","executionPrice":410,"executionDate":1795253500000}""";
    private const string Sale = """{"signalType":"SELL","ticker":"QQQ","executionPrice":500,"executionDate":1795253600000}""";

    public static IEnumerable<object[]> BothInEveryStage =>
        from provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.Postgres }
        from stage in Enum.GetValues<Stage>()
        select new object[] { provider, stage };

    [SkippableTheory]
    [MemberData(nameof(BothInEveryStage))]
    [Trait("Case", "S01")]
    [Trait("Case", "S02")]
    public async Task ExecuteAsync_IntoAChatThatIsThere_MergesOnce(DatabaseProvider provider, Stage stage)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var clock = new FastClock(20);
        var store = new MemoryKeyValueStore(clock);
        await using var engine = TestEngine.On(place, store, clock);
        await FillAsync(engine, store, stage);
        var move = MoveOn(place, engine);

        // The error and the two updates tell of it, in any order.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => move.ExecuteAsync(Old, New, default)));
        await move.ExecuteAsync(Old, New, default);

        Assert.Equal($"[-1001557900011,5]", await engine.ReadTextAsync("chat_ids"));
        Assert.Equal("""["AAPL","SPY","QQQ","!"]""", await engine.ReadTextAsync($"watchlist:{New}"));
        Assert.Equal($"[{Sale},{Buy},{LaterBuy}]", await engine.ReadTextAsync($"execution_history:{New}"));
        Assert.Equal("""{"ticker":"SPY","entryPrice":410}""", await engine.ReadTextAsync($"active_position:{New}"));
        foreach (var prefix in new[] { "watchlist", "execution_history", "active_position" })
        {
            Assert.Null(await engine.ReadTextAsync($"{prefix}:{Old}"));
        }

        Assert.Equal(New, await new SqlChatMoves(place.Signals, TimeProvider.System).FindAsync(Old, default));
        Assert.Empty(await engine.Get<ReplayIntents>().ExecuteAsync(TimeSpan.Zero, default));
    }

    [SkippableTheory]
    [MemberData(nameof(BothInEveryStage))]
    public async Task ExecuteAsync_OfAnOldMoveTwiceRemoved_LeadsToTheLastChat(DatabaseProvider provider, Stage stage)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var clock = new FastClock(20);
        var store = new MemoryKeyValueStore(clock);
        await using var engine = TestEngine.On(place, store, clock);
        await FillAsync(engine, store, stage);
        var move = MoveOn(place, engine);
        var moves = new SqlChatMoves(place.Signals, TimeProvider.System);

        await move.ExecuteAsync(Old, New, default);
        await move.ExecuteAsync(New, "-100999", default);
        await move.ExecuteAsync("-100999", New, default);

        Assert.Equal("-100999", await moves.FindAsync(Old, default));
        Assert.Equal("-100999", await moves.FindAsync(New, default));
        Assert.Null(await moves.FindAsync("-100999", default));
        Assert.Equal("""["AAPL","SPY","QQQ","!"]""", await engine.ReadTextAsync("watchlist:-100999"));
    }

    internal static MoveChat MoveOn(TestPlace place, TestEngine engine) => new(
        new SqlChatMoves(place.Signals, TimeProvider.System), new NoLinks(), engine.Group("signals"), engine.Get<MoveChatOperation>(), engine.Get<WriteKeys>());

    /// <summary>As the bot left it, and then moved on.</summary>
    private static async Task FillAsync(TestEngine engine, MemoryKeyValueStore store, Stage stage)
    {
        foreach (var (key, value) in new[]
        {
            ("chat_ids", $"[{Old},5]"),
            ($"watchlist:{Old}", """["SPY","QQQ","!"]"""),
            ($"watchlist:{New}", """["AAPL","SPY"]"""),
            ($"execution_history:{Old}", $"[{Buy},{LaterBuy}]"),
            ($"execution_history:{New}", $"[{Sale}]"),
            ($"active_position:{Old}", """{"ticker":"SPY","entryPrice":410}"""),
            ($"active_position:{New}", """{"ticker":"SPY","entryPrice":399}"""),
        })
        {
            await store.PutAsync(key, Encoding.UTF8.GetBytes(value), PutOptions.None, default);
        }

        await engine.MoveToAsync(stage);
    }
}
