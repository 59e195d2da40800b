using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Signals.Chats;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Tests.Migration;

namespace TraderHub.Data.Tests.Signals.Properties;

/// <summary>P3, P6 to P11 and P13 to P17: what a bot stored, through the engine into real tables, which are read by queries of the test's own.</summary>
public sealed class MigrationProperties
{
    [Fact]
    public void P03_Copying_again_changes_nothing() => PropertyPlace.Check(BotData.Stores, async store =>
    {
        await using var place = await PropertyPlace.MoveAsync(store, Stage.Copy);
        var once = await place.DumpAsync();

        Assert.Null((await place.Engine.Get<BackfillGroup>().ExecuteAsync(place.Engine.Operated("signals"), TestEngine.Operator, new SweepOptions(), default)).Error);
        await new MigrationRunner(place.Place.Signals, TimeProvider.System).MigrateAsync(default);

        Assert.Equal(once, await place.DumpAsync());
    });

    [Fact]
    public void P06_Every_chat_id_arrives() => PropertyPlace.Check(BotData.Stores, async store =>
    {
        await using var place = await PropertyPlace.MoveAsync(store, Stage.Copy);

        var users = (await place.QueryAsync<User>("SELECT chat_id AS ChatId, subscription_status AS Status FROM users")).ToDictionary(user => user.ChatId, user => user.Status);
        foreach (var chat in store.Chats)
        {
            var isKnown = chat.IsSubscribed || chat.Watchlist.Count + chat.Executions.Count > 0 || chat.PositionTicker is not null;
            Assert.Equal(isKnown ? chat.IsSubscribed ? 1 : 0 : null, users.TryGetValue(chat.Id, out var status) ? status : (long?)null);
        }
    });

    [Fact]
    public void P07_Every_watchlist_ticker_arrives() => PropertyPlace.Check(BotData.Stores, async store =>
    {
        await using var place = await PropertyPlace.MoveAsync(store, Stage.Copy);

        var rows = await place.QueryAsync<Ticker>("SELECT chat_id AS ChatId, ticker AS Name FROM watchlists ORDER BY created_at, id");
        Assert.All(store.Chats, chat => Assert.Equal(chat.Watchlist, rows.Where(row => row.ChatId == chat.Id).Select(row => row.Name)));
        Assert.Equal(store.Chats.Sum(chat => chat.Watchlist.Count), rows.Count);
    });

    [Fact]
    public void P08_Every_execution_arrives_with_all_its_fields() => PropertyPlace.Check(BotData.Stores, async store =>
    {
        await using var place = await PropertyPlace.MoveAsync(store, Stage.Copy);

        var rows = await place.QueryAsync<Row>("""
            SELECT chat_id AS ChatId, signal_type AS SignalType, ticker AS Ticker, execution_price AS Price, execution_date AS Date, signal_price AS SignalPrice
            FROM executions ORDER BY id
            """);
        Assert.All(store.Chats, chat => Assert.Equal(
            chat.Executions, rows.Where(row => row.ChatId == chat.Id).Select(row => new BotExecution(row.SignalType, row.Ticker, row.Price, row.Date, row.SignalPrice))));
        Assert.Equal(store.Chats.Sum(chat => chat.Executions.Count), rows.Count);
    });

    [Fact]
    public void P09_Every_position_arrives() => PropertyPlace.Check(BotData.Stores, async store =>
    {
        await using var place = await PropertyPlace.MoveAsync(store, Stage.Copy);

        var rows = await place.QueryAsync<Held>("SELECT chat_id AS ChatId, ticker AS Ticker, entry_price AS Price FROM active_positions");
        Assert.Equal(
            store.Chats.Where(chat => chat.PositionTicker is not null).Select(chat => new Held(chat.Id, chat.PositionTicker!, chat.EntryPrice)).OrderBy(held => held.ChatId, StringComparer.Ordinal),
            rows.OrderBy(held => held.ChatId, StringComparer.Ordinal));
    });

    [Fact]
    public void P10_The_cache_arrives_with_its_time() => PropertyPlace.Check(BotData.Stores, async store =>
    {
        await using var place = await PropertyPlace.MoveAsync(store, Stage.Copy);

        var row = Assert.Single(await place.QueryAsync<Cached>("SELECT cache_value AS Value, expires_at AS ExpiresAt FROM cache WHERE cache_key = 'fear_greed_index'"));
        Assert.Equal(store.FetchedAt + (24 * 3_600_000L), row.ExpiresAt);
        Assert.Equal(store.Score, JsonDocument.Parse(row.Value).RootElement.GetProperty("score").GetDouble());
    });

    /// <summary>One value that cannot be read costs only itself, wherever it stands among the others.</summary>
    [Fact]
    public void P11_A_bad_record_costs_only_itself() => PropertyPlace.Check(
        from store in BotData.FullStores
        from key in Gen.Elements("chat_ids", "watchlist:777", "execution_history:777", "active_position:777", "fear_greed_cache", "watchlist:0", "execution_history:~")
        from value in Gen.Elements("{", "17", "\"x\"", "null", "[{]", "\u00FF")
        select (store, key, value),
        async bad =>
        {
            await using var place = await PropertyPlace.CreateAsync();
            await bad.store.PutAsync(place.Store);
            await place.Store.PutAsync(bad.key, Encoding.Latin1.GetBytes(bad.value), PutOptions.None, default);

            var run = await place.Engine.Get<BackfillGroup>().ExecuteAsync(place.Engine.Operated("signals"), TestEngine.Operator, new SweepOptions(), default);

            Assert.Null(run.Error);
            Assert.Equal([Convert.ToHexStringLower(Encoding.UTF8.GetBytes(bad.key))], await place.QueryAsync<string>("SELECT key_hex FROM migration_errors"));
            foreach (var (key, _) in bad.store.ToKeys().Where(one => one.Key != bad.key))
            {
                var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key));
                Assert.Single(await place.QueryAsync<string>($"SELECT key_hex FROM kv_sync WHERE key_hex = '{hex}' AND hash IS NOT NULL AND error IS NULL"));
            }
        });

    [Fact]
    public void P13_A_chat_id_that_is_missing_is_found() => FindDamage("UPDATE users SET subscription_status = 0 WHERE chat_id = '777'", "chat_ids");

    [Fact]
    public void P14_A_watchlist_of_another_count_is_found() => FindDamage("DELETE FROM watchlists WHERE id = (SELECT MAX(id) FROM watchlists WHERE chat_id = '777')", "watchlist:777");

    [Fact]
    public void P15_A_history_of_another_count_is_found() => FindDamage("DELETE FROM executions WHERE id = (SELECT MIN(id) FROM executions WHERE chat_id = '777')", "execution_history:777");

    [Fact]
    public void P16_A_position_that_is_missing_is_found() => FindDamage("DELETE FROM active_positions WHERE chat_id = '777'", "active_position:777");

    /// <summary>What was written while SQL owned the keys, and what was there before, is in the key-value store after the way back.</summary>
    [Fact]
    public void P17_Nothing_is_lost_on_the_way_back() => PropertyPlace.Check(
        from store in BotData.FullStores
        from ticker in BotData.Tickers
        from price in Gen.Choose(1, 1000)
        select (store, ticker, price),
        async written =>
        {
            await using var place = await PropertyPlace.MoveAsync(written.store, Stage.Sql);
            var chats = place.Engine.Get<IChatStore>();
            Assert.Null((await chats.WriteAsync(OperationId.New(), new RecordExecution("778", new("BUY", written.ticker, written.price, 5, null)), null, false, default)).Error);
            Assert.Null((await chats.WriteAsync(OperationId.New(), new Subscribe("778"), null, false, default)).Error);

            foreach (var stage in new[] { Stage.Copy, Stage.Kv })
            {
                Assert.Null((await place.Engine.Get<RollBackGroup>().ExecuteAsync(place.Engine.Group("signals"), stage, TestEngine.Operator, default)).Error);
            }

            Assert.Equal($$"""[{"signalType":"BUY","ticker":"{{written.ticker}}","executionPrice":{{written.price}},"executionDate":5}]""", await RawAsync(place, "execution_history:778"));
            Assert.Equal($$"""{"ticker":"{{written.ticker}}","entryPrice":{{written.price}}}""", await RawAsync(place, "active_position:778"));
            var subscribed = JsonDocument.Parse((await RawAsync(place, "chat_ids"))!).RootElement.EnumerateArray().Select(id => id.ToString());
            Assert.Equal(written.store.Chats.Where(chat => chat.IsSubscribed).Select(chat => chat.Id).Append("778").Order(), subscribed.Order());
            foreach (var (key, value) in written.store.ToKeys().Where(one => one.Key.StartsWith("watchlist:", StringComparison.Ordinal)))
            {
                Assert.Equal(value, await RawAsync(place, key));
            }
        });

    private static void FindDamage(string damage, string key) => PropertyPlace.Check(BotData.FullStores, async store =>
    {
        await using var place = await PropertyPlace.MoveAsync(store, Stage.Copy);
        var verify = place.Engine.Get<VerifyGroup>();
        Assert.True((await verify.ExecuteAsync(place.Engine.Operated("signals"), "operator", null, default)).Value.OverallSuccess);

        await place.ExecuteAsync(damage);

        var report = (await verify.ExecuteAsync(place.Engine.Operated("signals"), "operator", null, default)).Value;
        Assert.False(report.OverallSuccess);
        Assert.Contains(report.Tables, table => !table.Match && table.Discrepancies.Any(found => found.Description.Contains(key, StringComparison.Ordinal)));
    });

    private static async Task<string?> RawAsync(PropertyPlace place, string key) => Saving.TextOf(await place.Store.GetAsync(key, default));

    private sealed record User(string ChatId, long Status);

    private sealed record Ticker(string ChatId, string Name);

    private sealed record Held(string ChatId, string Ticker, double Price);

    private sealed record Cached(string Value, long ExpiresAt);

    private sealed record Row(string ChatId, string SignalType, string Ticker, double Price, long Date, double? SignalPrice);
}
