using System.Text;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram.Forgetting;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Data.Tests.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Telegram;

/// <summary>A chat that is forgotten is nowhere, in no stage, and nothing brings it back.</summary>
public sealed class ForgetChatTests
{
    private const string ChatId = "5216580805";

    /// <summary>What nobody else has: a ticker, a price, a text that does not parse.</summary>
    private static readonly string[] Traces = ["FRGTN", "123.456", "left-over"];

    public static IEnumerable<object[]> BothInEveryStage =>
        from provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.Postgres }
        from stage in Enum.GetValues<Stage>()
        select new object[] { provider, stage };

    [SkippableTheory]
    [MemberData(nameof(BothInEveryStage))]
    public async Task DeleteKeysAsync_AndRows_InEveryStage_LeaveNoTrace_AlsoAfterTheWayBack(DatabaseProvider provider, Stage stage)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var clock = new FastClock(10);
        var store = new MemoryKeyValueStore(clock);
        await FillAsync(store);
        await using var engine = TestEngine.On(place, store, clock);
        await engine.MoveToAsync(stage);
        await AddRowsAsync(place);
        var forget = engine.Get<ForgetChat>();
        Assert.NotEmpty(await FindTracesAsync(place, store));

        for (var i = 0; i < 2; i++)
        {
            Assert.Null(await forget.DeleteKeysAsync(ChatId, default));
            await forget.DeleteRowsAsync(ChatId, default);
        }

        Assert.Empty(await FindTracesAsync(place, store));
        Assert.Equal("[7]", await engine.ReadTextAsync("chat_ids"));
        Assert.Equal("""["SPY"]""", await engine.ReadTextAsync("watchlist:7"));

        await GoBackAsync(engine, stage);
        Assert.Empty(await FindTracesAsync(place, store));
        Assert.Equal("[7]", await engine.ReadTextAsync("chat_ids"));
        Assert.Null(await engine.ReadTextAsync($"watchlist:{ChatId}"));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task MayBeConfirmedAsync_IsTrueForFiveMinutes_AfterItWasAsked(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var clock = new ManualClock("2026-11-20T12:31:00Z");
        await using var engine = TestEngine.On(place, new MemoryKeyValueStore(clock), clock);
        var forget = engine.Get<ForgetChat>();
        var asked = clock.GetInstant();
        Assert.False(await forget.MayBeConfirmedAsync(ChatId, asked, default));

        await forget.AskAsync(ChatId, default);

        Assert.True(await forget.MayBeConfirmedAsync(ChatId, asked + ForgetChat.AskedFor, default));
        Assert.False(await forget.MayBeConfirmedAsync(ChatId, asked + ForgetChat.AskedFor + NodaTime.Duration.FromMilliseconds(1), default));
        Assert.False(await forget.MayBeConfirmedAsync("7", asked, default));
    }

    private static async Task FillAsync(MemoryKeyValueStore store)
    {
        foreach (var (key, value) in new[]
        {
            ("chat_ids", $"[{ChatId},7]"),
            ($"watchlist:{ChatId}", """["FRGTN","left-over!"]"""),
            ("watchlist:7", """["SPY"]"""),
            ($"execution_history:{ChatId}", """[{"signalType":"BUY","ticker":"FRGTN","executionPrice":123.456,"executionDate":1795253400000},{"left-over":1}]"""),
            ($"active_position:{ChatId}", """{"ticker":"FRGTN","entryPrice":123.456}"""),
        })
        {
            await store.PutAsync(key, Encoding.UTF8.GetBytes(value), PutOptions.None, default);
        }
    }

    private static async Task AddRowsAsync(TestPlace place)
    {
        string[] rows =
        [
            "INSERT INTO telegram_outbox (chat_id, message_key, status, created_at, text) VALUES (@ChatId, 'a', 'waiting', 0, 'FRGTN')",
            "INSERT INTO telegram_updates (bot_id, update_id, chat_id, status, received_at, payload) VALUES (1, 1, @ChatId, 'failed', 0, '/watchlist add FRGTN')",
            "INSERT INTO idempotency_keys (caller, method, route, idempotency_key, body_hash, body, created_at) VALUES ('a', 'POST', '/api/v1/executions/5216580805', 'k', 'h', '{\"ticker\":\"FRGTN\"}', 0)",
            "INSERT INTO chat_moves (old_chat_id, new_chat_id, begun_at) VALUES ('-1', @ChatId, 0)",
        ];
        foreach (var row in rows)
        {
            await place.Signals.ExecuteAsync(row, new { ChatId }, default);
        }
    }

    /// <summary>As far back as there is a way.</summary>
    private static async Task GoBackAsync(TestEngine engine, Stage stage)
    {
        var group = engine.Group("signals");
        for (var next = stage - 1; next >= Stage.Kv; next--)
        {
            Assert.Null((await engine.Get<RollBackGroup>().ExecuteAsync(group, next, TestEngine.Operator with { IsForced = false }, default)).Error);
        }

        if (stage == Stage.Kv)
        {
            Assert.Null((await engine.Get<BackfillGroup>().ExecuteAsync(engine.Operated("signals"), TestEngine.Operator, new SweepOptions(), default)).Error);
        }
    }

    /// <summary>Every text of every table and key that has one of the traces in it.</summary>
    private static async Task<IReadOnlyList<string>> FindTracesAsync(TestPlace place, MemoryKeyValueStore store)
    {
        var texts = new List<string>();
        foreach (var table in new[]
        {
            "users", "watchlists", "executions", "active_positions", "cache", "telegram_updates", "telegram_chats", "telegram_outbox", "chat_moves", "idempotency_keys",
            "kv_sync", "kv_quarantine", "migration_errors",
        })
        {
            var rows = await place.Signals.QueryAsync<dynamic>($"SELECT * FROM {table}", null, default);
            texts.AddRange(rows.Select(row => $"{table}: {string.Join('|', ((IDictionary<string, object?>)row).Values)}"));
        }

        await foreach (var listed in store.ListAllAsync(string.Empty, default))
        {
            var value = await store.GetAsync(listed.Name, default);
            texts.Add($"{listed.Name}: {(value is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : string.Empty)}");
        }

        return [.. texts.Where(text => Traces.Any(trace => text.Contains(trace, StringComparison.OrdinalIgnoreCase)))];
    }
}
