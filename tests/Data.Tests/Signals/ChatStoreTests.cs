using System.Text;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Migration;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Data.Tests.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals;

/// <summary>Chats in every stage and on both databases.</summary>
public sealed class ChatStoreTests
{
    private const string Chat = "5216580805";

    private static readonly ExecutedSignal Purchase = new("BUY", "SPY", 400.5, 1705276800000, null);

    /// <summary>Stages follow each other by a date that has milliseconds.</summary>
    private readonly FastClock clock = new(10);

    private readonly MemoryKeyValueStore store;

    public ChatStoreTests() => store = new(clock);

    public static TheoryData<Stage, DatabaseProvider> Stages { get; } = new()
    {
        { Stage.Kv, DatabaseProvider.Sqlite },
        { Stage.Copy, DatabaseProvider.Sqlite },
        { Stage.Sql, DatabaseProvider.Sqlite },
        { Stage.SqlOnly, DatabaseProvider.Sqlite },
        { Stage.Kv, DatabaseProvider.Postgres },
        { Stage.Copy, DatabaseProvider.Postgres },
        { Stage.Sql, DatabaseProvider.Postgres },
        { Stage.SqlOnly, DatabaseProvider.Postgres },
    };

    [SkippableTheory]
    [MemberData(nameof(Stages))]
    public async Task EveryChange_IsStored(Stage stage, DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        await using var engine = await StartAsync(place, stage);
        var chats = engine.Get<IChatStore>();

        Assert.Equal(ChatOutcome.Done, await ChangeAsync(chats, new Subscribe(Chat)));
        Assert.Equal(ChatOutcome.Unchanged, await ChangeAsync(chats, new Subscribe(Chat)));
        Assert.Equal(ChatOutcome.Done, await ChangeAsync(chats, new AddTicker(Chat, "AAPL", 50)));
        Assert.Equal(ChatOutcome.Unchanged, await ChangeAsync(chats, new AddTicker(Chat, "AAPL", 50)));
        Assert.Equal(ChatOutcome.Done, await ChangeAsync(chats, new RecordExecution(Chat, Purchase)));
        Assert.Equal(ChatOutcome.Done, await ChangeAsync(chats, new RecordExecution(Chat, Purchase with { Ticker = "BRK.B" })));
        Assert.Equal(ChatOutcome.Done, await ChangeAsync(chats, new SetPosition(Chat, "MSFT", 3)));
        var sale = Purchase with { SignalType = "SELL", ExecutionPrice = 500, SignalPrice = 499.5 };
        Assert.Equal(ChatOutcome.Done, await ChangeAsync(chats, new RecordExecution(Chat, sale)));
        Assert.Equal(ChatOutcome.Absent, await ChangeAsync(chats, new ClearPosition(Chat, "SPY")));
        Assert.Equal(ChatOutcome.Done, await ChangeAsync(chats, new RemoveTicker(Chat, "SPY")));

        var state = await chats.ReadAsync(Chat, default);
        Assert.True(state.IsSubscribed);
        Assert.Equal(["AAPL", "BRK.B"], state.Watchlist);
        Assert.Equal([Purchase, Purchase with { Ticker = "BRK.B" }, sale], state.Executions);
        Assert.Equal([new("BRK.B", 400.5), new HeldPosition("MSFT", 3)], state.Positions);
        Assert.Equal(ChatOutcome.Done, await ChangeAsync(chats, new Unsubscribe(Chat)));
        Assert.Equal(ChatOutcome.Absent, await ChangeAsync(chats, new Unsubscribe(Chat)));
        Assert.False((await chats.ReadAsync(Chat, default)).IsSubscribed);
        Assert.Equal(stage is Stage.Sql or Stage.SqlOnly, (await engine.ReadAsync($"watchlist:{Chat}")).IsFromSql);
    }

    [SkippableTheory]
    [MemberData(nameof(Stages))]
    public async Task AChangeOfSeveralKeys_UnderOneName_IsDoneOnce(Stage stage, DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        await using var engine = await StartAsync(place, stage);
        var chats = engine.Get<IChatStore>();
        var change = new RecordExecution(Chat, Purchase);

        var first = await chats.WriteAsync(OperationId.Of("1"), change, null, isRetry: false, default);
        var again = await chats.WriteAsync(OperationId.Of("1"), change, null, isRetry: false, default);

        Assert.Equal((false, true), (first.Value.WasDoneBefore, again.Value.WasDoneBefore));
        Assert.Equal([Purchase], (await chats.ReadAsync(Chat, default)).Executions);
    }

    [SkippableTheory]
    [MemberData(nameof(Stages))]
    public async Task APreparedChange_IsMadeOnWhatItWasDecidedOn_AndOnNothingElse(Stage stage, DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        await using var engine = await StartAsync(place, stage);
        var chats = engine.Get<IChatStore>();
        foreach (var (change, other) in new (ChatChange, ChatChange)[]
        {
            (new Execute(Chat, "SPY", 400.5, 1705276800000, 1795000000000), new SetPosition(Chat, "SPY", 1)),
            (new AddTicker(Chat, "MSFT", 50), new AddTicker(Chat, "NVDA", 50)),
        })
        {
            var stale = (await chats.PrepareAsync(change, default)).Value;
            await ChangeAsync(chats, other);
            var before = await chats.ReadAsync(Chat, default);
            var id = OperationId.New();
            Assert.Equal(IChatStore.StaleDecision, (await chats.WriteAsync(id, change, stale, isRetry: true, default)).Error);
            Assert.Equal(before.Watchlist, (await chats.ReadAsync(Chat, default)).Watchlist);

            var fresh = (await chats.PrepareAsync(change, default)).Value;
            var made = await chats.WriteAsync(id, change, fresh, isRetry: false, default);
            var again = await chats.WriteAsync(id, change, fresh, isRetry: true, default);
            Assert.Equal((false, true), (made.Value.WasDoneBefore, again.Value.WasDoneBefore));
            Assert.Equal(fresh.Decision.Outcome, again.Value.Decision?.Outcome);
        }

        Assert.Equal("SELL", Assert.Single((await chats.ReadAsync(Chat, default)).Executions).SignalType);
    }

    /// <summary>The keys remember 32 operations; whoever repeats one after more of them knows the versions that it was first tried on.</summary>
    [SkippableTheory]
    [MemberData(nameof(Stages))]
    public async Task ARetry_After40OtherWrites_IsNotDoneTwice(Stage stage, DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        await using var engine = await StartAsync(place, stage);
        var chats = engine.Get<IChatStore>();
        foreach (var change in new ChatChange[] { new RecordExecution(Chat, Purchase), new AddTicker(Chat, "NVDA", 50) })
        {
            var prepared = (await chats.PrepareAsync(change, default)).Value;
            var id = OperationId.New();
            await chats.WriteAsync(id, change, prepared, isRetry: false, default);
            for (var i = 0; i < 40; i++)
            {
                await ChangeAsync(chats, new SetWatchlist(Chat, [$"T{i}"], 50));
                await ChangeAsync(chats, new SetPosition(Chat, $"T{i}", 1));
            }

            var again = await chats.WriteAsync(id, change, prepared, isRetry: true, default);

            // A key that had no other writes still knows of it.
            Assert.True(again.Error is not null || again.Value.WasDoneBefore);
            Assert.Equal(change is AddTicker, again.Error is not null);
            Assert.Equal(["T39"], (await chats.ReadAsync(Chat, default)).Watchlist);
        }

        Assert.Single((await chats.ReadAsync(Chat, default)).Executions);
    }

    [SkippableTheory]
    [MemberData(nameof(Stages))]
    public async Task WhatDoesNotParse_StaysInItsPlace(Stage stage, DatabaseProvider provider)
    {
        await PutAsync("chat_ids", """[1,{"bad":1},2]""");
        await PutAsync($"watchlist:{Chat}", """["SPY",17,"MSFT"]""");
        await PutAsync($"execution_history:{Chat}", """[{"signalType":"HOLD"}]""");
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        await using var engine = await StartAsync(place, stage);
        var chats = engine.Get<IChatStore>();

        await ChangeAsync(chats, new Subscribe(Chat));
        await ChangeAsync(chats, new AddTicker(Chat, "AAPL", 50));
        await ChangeAsync(chats, new RecordExecution(Chat, Purchase));

        Assert.Equal($$"""[1,{"bad":1},2,{{Chat}}]""", await engine.ReadTextAsync("chat_ids"));
        Assert.Equal("""["SPY",17,"MSFT","AAPL"]""", await engine.ReadTextAsync($"watchlist:{Chat}"));
        Assert.StartsWith("""[{"signalType":"HOLD"},{""", await engine.ReadTextAsync($"execution_history:{Chat}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChangeOfOneKey_LeavesNoPendingOperation_AndOneThatChangesNothingWritesNothing()
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        await using var engine = await StartAsync(place, Stage.Kv);
        var chats = engine.Get<IChatStore>();

        await ChangeAsync(chats, new RemoveTicker(Chat, "AAPL"));
        await ChangeAsync(chats, new ClearPosition(Chat, "AAPL"));
        await ChangeAsync(chats, new Unsubscribe(Chat));
        foreach (var key in new[] { "chat_ids", $"watchlist:{Chat}", $"active_position:{Chat}" })
        {
            Assert.Equal(0, (await engine.ReadAsync(key)).Version);
        }

        await ChangeAsync(chats, new RecordExecution(Chat, Purchase));
        Assert.Empty(await engine.Get<Intents>().ListAsync(default).ToListAsync());
    }

    [Fact]
    public async Task AValueThatCannotBeRead_IsNotWrittenOver()
    {
        await PutAsync($"watchlist:{Chat}", "{");
        await using var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        await using var engine = await StartAsync(place, Stage.Kv);
        var chats = engine.Get<IChatStore>();

        foreach (var change in new ChatChange[] { new AddTicker(Chat, "AAPL", 50), new Subscribe(Chat), new RecordExecution(Chat, Purchase) })
        {
            var refused = await chats.WriteAsync(OperationId.New(), change, null, isRetry: false, default);
            Assert.Equal("STORED_VALUE_UNREADABLE", refused.Error?.Code);
        }

        await Assert.ThrowsAsync<UnreadableDataException>(() => chats.ReadAsync(Chat, default));
        Assert.Equal("{", await engine.ReadTextAsync($"watchlist:{Chat}"));
    }

    private static async Task<ChatOutcome> ChangeAsync(IChatStore chats, ChatChange change) =>
        (await chats.WriteAsync(OperationId.New(), change, null, isRetry: false, default)).Value.Decision!.Outcome;

    private async Task<TestEngine> StartAsync(TestPlace place, Stage stage)
    {
        // A store without a key of the group would begin in the last stage.
        await PutAsync("watchlist:1", """["SPY"]""");
        var engine = TestEngine.On(place, store, clock);
        await engine.MoveToAsync(stage);
        return engine;
    }

    private Task PutAsync(string key, string value) => store.PutAsync(key, Encoding.UTF8.GetBytes(value), PutOptions.None, default);
}
