using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Market;
using TraderHub.Data.Signals;
using TraderHub.Data.Tests.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Properties;

/// <summary>P1, P2, P4, P5, P18 to P21, P27 and P28: what the tables refuse, how that is told, and what is one transaction.</summary>
public sealed class DatabaseProperties
{
    /// <summary>Statements that each break a constraint, on a database with the user and the rows of a chat 1, and what they break.</summary>
    private static readonly Gen<(string Sql, ConstraintKind Kind, string Name)> Violations =
        from ticker in Gen.Elements("SPY", "AAPL")
        from number in Gen.Choose(2, 1000)
        from violation in Gen.Elements(
            ($"INSERT INTO watchlists (chat_id, ticker, created_at) VALUES ('1', '{ticker}', {number})", ConstraintKind.Unique, "watchlists(chat_id, ticker)"),
            ($"INSERT INTO active_positions (chat_id, ticker, entry_price, created_at, updated_at) VALUES ('1', '{ticker}', {number}, 1, 1)", ConstraintKind.Unique, "active_positions(chat_id, ticker)"),
            ($"INSERT INTO users (chat_id, created_at, updated_at) VALUES ('1', {number}, 1)", ConstraintKind.Unique, "users(chat_id)"),
            ($"INSERT INTO watchlists (chat_id, ticker, created_at) VALUES ('{number}', '{ticker}', 1)", ConstraintKind.ForeignKey, string.Empty),
            ($"INSERT INTO executions (chat_id, signal_type, ticker, execution_price, execution_date, created_at) VALUES ('{number}', 'BUY', '{ticker}', 1, 1, 1)", ConstraintKind.ForeignKey, string.Empty),
            ($"INSERT INTO active_positions (chat_id, ticker, entry_price, created_at, updated_at) VALUES ('{number}', '{ticker}', 1, 1, 1)", ConstraintKind.ForeignKey, string.Empty),
            ($"INSERT INTO executions (chat_id, signal_type, ticker, execution_price, execution_date, created_at) VALUES ('1', 'HOLD', '{ticker}', {number}, 1, 1)", ConstraintKind.Check, "ck_executions_signal_type"),
            ($"INSERT INTO executions (chat_id, signal_type, ticker, execution_date, created_at) VALUES ('1', 'BUY', '{ticker}', {number}, 1)", ConstraintKind.NotNull, "executions(execution_price)"))
        select violation;

    [Fact]
    public void P01_A_row_of_no_user_is_refused() => PropertyPlace.Check(Violations.Where(violation => violation.Kind == ConstraintKind.ForeignKey), AssertRefusedAsync);

    [Fact]
    public void P02_A_row_that_is_there_is_refused() => PropertyPlace.Check(
        from violation in Violations.Where(violation => violation.Kind == ConstraintKind.Unique)
        from stage in Gen.Elements(Stage.Kv, Stage.SqlOnly)
        from ticker in BotData.Tickers
        select (violation, stage, ticker),
        async tried =>
        {
            await AssertRefusedAsync(tried.violation);

            await using var place = tried.stage == Stage.SqlOnly ? await PropertyPlace.CreateAsync() : await PropertyPlace.MoveAsync(new([], 1, 1), Stage.Kv);
            var watchlists = place.Engine.Get<IWatchlistRepository>();
            await watchlists.AddAsync("1", tried.ticker, default);
            var refused = await Assert.ThrowsAsync<StorageConstraintException>(() => watchlists.AddAsync("1", tried.ticker.ToLowerInvariant(), default));
            Assert.Equal((ConstraintKind.Unique, "watchlists(chat_id, ticker)", "AddAsync"), (refused.Constraint.Kind, refused.Constraint.Name, refused.Operation));
            Assert.Equal([tried.ticker], await watchlists.GetAsync("1", default));
        });

    [Fact]
    public void P04_What_callers_send_is_never_run() => PropertyPlace.Check(BotData.Injections, async text =>
    {
        await using var place = await PropertyPlace.CreateAsync();
        var (subscriptions, cache, watchlists) = (place.Engine.Get<ISubscriptionRepository>(), place.Engine.Get<ICacheRepository>(), place.Engine.Get<IWatchlistRepository>());
        var chat = text.Replace(' ', '\u00B7');
        await subscriptions.AddAsync("bystander", default);

        await subscriptions.AddAsync(chat, default);
        await watchlists.AddAsync(chat, "SPY", default);
        await cache.SetAsync(text, JsonSerializer.SerializeToElement(text), Duration.FromHours(1), default);

        Assert.True(await subscriptions.ExistsAsync(chat, default));
        Assert.False(await subscriptions.ExistsAsync(chat + "x", default));
        Assert.Equal(text, (await cache.GetAsync(text, default))!.Value.GetString());
        Assert.Null(await place.Engine.Get<IChatMoves>().FindAsync(chat, default));
        Assert.Equal(2, Assert.Single(await place.QueryAsync<long>("SELECT COUNT(*) FROM users WHERE subscription_status = 1")));
        Assert.Equal([chat], await place.QueryAsync<string>("SELECT chat_id FROM watchlists"));
        await Assert.ThrowsAsync<ArgumentException>(() => watchlists.AddAsync("bystander", text, default));
    });

    [Fact]
    public void P05_A_failure_of_the_database_is_a_typed_error() => PropertyPlace.Check(
        from key in BotData.Injections
        from call in Gen.Choose(0, 3)
        select (key, call),
        async failing =>
        {
            await using var place = await PropertyPlace.CreateAsync();
            await place.ExecuteAsync("DROP TABLE cache");
            var cache = place.Engine.Get<ICacheRepository>();
            (string Name, Func<Task> Run)[] calls =
            [
                ("GetAsync", () => cache.GetAsync(failing.key, default)),
                ("SetAsync", () => cache.SetAsync(failing.key, JsonSerializer.SerializeToElement(1), Duration.FromHours(1), default)),
                ("DeleteAsync", () => cache.DeleteAsync(failing.key, default)),
                ("CleanUpAsync", () => cache.CleanUpAsync(default)),
            ];

            var thrown = await Assert.ThrowsAsync<StorageException>(calls[failing.call].Run);

            Assert.Equal(("signals", calls[failing.call].Name), (thrown.Module, thrown.Operation));
            Assert.Contains("no such table: cache", thrown.InnerException!.Message, StringComparison.Ordinal);
        });

    [Fact]
    public void P18_A_query_that_fails_tells_which_and_why() => PropertyPlace.Check(
        from name in Gen.Elements("FindAsync", "AddAsync", "a name")
        from column in Gen.Choose(1, 1000)
        from writes in Gen.Elements(true, false)
        select (name, column, writes),
        async failing =>
        {
            await using var place = await Databases.CreateSignalsAsync(Data.Sql.DatabaseProvider.Sqlite);
            Task Run() => failing.writes
                ? place.Signals.ExecuteAsync($"UPDATE users SET column{failing.column} = 1", null, default, failing.name)
                : place.Signals.QueryAsync<long>($"SELECT column{failing.column} FROM users", null, default, failing.name);

            var thrown = await Assert.ThrowsAsync<StorageException>(Run);

            Assert.Equal(failing.name, thrown.Operation);
            Assert.Contains($"column{failing.column}", Assert.IsType<SqliteException>(thrown.InnerException).Message, StringComparison.Ordinal);
        });

    [Fact]
    public void P19_A_transaction_that_fails_leaves_nothing() => PropertyPlace.Check(
        from before in Gen.Choose(0, 20)
        from violation in Violations
        select (before, violation),
        async tried =>
        {
            await using var place = await CreateWithAChatAsync();
            var dump = await place.DumpAsync();

            await Assert.ThrowsAsync<StorageConstraintException>(() => place.Place.Signals.InTransactionAsync(
                async () =>
                {
                    for (var i = 0; i < tried.before; i++)
                    {
                        await place.ExecuteAsync($"INSERT INTO users (chat_id, created_at, updated_at) VALUES ('new {i}', 1, 1)");
                        await place.ExecuteAsync($"INSERT INTO watchlists (chat_id, ticker, created_at) VALUES ('new {i}', 'SPY', 1)");
                    }

                    await place.ExecuteAsync(tried.violation.Sql);
                    return true;
                },
                default));

            Assert.Equal(dump, await place.DumpAsync());
        });

    [Fact]
    public void P20_A_broken_constraint_is_named() => PropertyPlace.Check(Violations, AssertRefusedAsync);

    [Fact]
    public void P21_Every_failure_is_logged_with_its_message_and_stack() => PropertyPlace.Check(Violations, async violation =>
    {
        await using var place = await CreateWithAChatAsync();
        using var log = new CapturedLog();
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(log));
        await using var database = new SignalsDatabase(place.Place.Options, logging.CreateLogger<SignalsDatabase>());

        var thrown = await Assert.ThrowsAsync<StorageConstraintException>(() => database.ExecuteAsync(violation.Sql, null, default, "Record"));

        var line = Assert.Single(log.Lines);
        Assert.StartsWith("Error ", line, StringComparison.Ordinal);
        Assert.Contains("The signals database failed at Record", line, StringComparison.Ordinal);
        Assert.Contains(thrown.InnerException!.Message, line, StringComparison.Ordinal);
        Assert.Contains("   at ", line, StringComparison.Ordinal);
    });

    /// <summary>Keys are copied many at a time, in a transaction: when it fails after any of them, none is there.</summary>
    [Fact]
    public void P27_Many_keys_are_written_in_one_transaction() => PropertyPlace.Check(
        from store in BotData.FullStores
        from table in Gen.Elements("watchlists", "executions", "active_positions")
        select (store, table),
        async written =>
        {
            await using var place = await PropertyPlace.CreateAsync();
            var group = place.Engine.Group("signals");
            var writes = written.store.ToKeys().Select(one => group.Put(one.Key, one.Value)).ToArray();
            await place.ExecuteAsync($"CREATE TRIGGER refuse BEFORE INSERT ON {written.table} WHEN NEW.chat_id = '777' BEGIN SELECT RAISE(ABORT, 'refused'); END");
            var before = await place.DumpAsync();

            await Assert.ThrowsAnyAsync<StorageException>(() => group.SaveAsync(writes));
            Assert.Equal(before, await place.DumpAsync());

            await place.ExecuteAsync("DROP TRIGGER refuse");
            await group.SaveAsync(writes);
            Assert.NotEqual(before, await place.DumpAsync());
        });

    /// <summary>A purchase is in the history, the positions and the watchlist, or in none of them, whichever of the tables refuses it.</summary>
    [Fact]
    public void P28_A_purchase_is_one_transaction() => PropertyPlace.Check(
        from ticker in BotData.Tickers
        from price in Gen.Choose(1, 1000)
        from table in Gen.Elements("watchlists", "executions", "active_positions", "kv_sync")
        from hasUser in Gen.Elements(true, false)
        select (ticker, price, table, hasUser),
        async bought =>
        {
            await using var place = await PropertyPlace.CreateAsync();
            var chats = place.Engine.Get<IChatStore>();
            var change = new RecordExecution("1", new("BUY", bought.ticker, bought.price, 5, null));
            if (bought.hasUser)
            {
                await place.Engine.Get<ISubscriptionRepository>().AddAsync("1", default);
            }

            await place.ExecuteAsync($"CREATE TRIGGER refuse BEFORE INSERT ON {bought.table} BEGIN INSERT INTO cache (cache_key) VALUES ('none'); END");
            var before = await place.DumpAsync();
            await Assert.ThrowsAsync<StorageConstraintException>(() => chats.WriteAsync(OperationId.New(), change, null, isRetry: false, default));
            Assert.Equal(before, await place.DumpAsync());

            await place.ExecuteAsync("DROP TRIGGER refuse");
            Assert.Null((await chats.WriteAsync(OperationId.New(), change, null, isRetry: false, default)).Error);
            foreach (var table in new[] { "watchlists", "executions", "active_positions" })
            {
                Assert.Contains(bought.ticker, await place.QueryAsync<string>($"SELECT ticker FROM {table} WHERE chat_id = '1'"));
            }
        });

    private static async Task AssertRefusedAsync((string Sql, ConstraintKind Kind, string Name) violation)
    {
        await using var place = await CreateWithAChatAsync();
        var before = await place.DumpAsync();

        var thrown = await Assert.ThrowsAsync<StorageConstraintException>(() => place.ExecuteAsync(violation.Sql));

        Assert.Equal((violation.Kind, violation.Name), (thrown.Constraint.Kind, thrown.Constraint.Name));
        Assert.Equal(before, await place.DumpAsync());
    }

    private static async Task<PropertyPlace> CreateWithAChatAsync()
    {
        var place = await PropertyPlace.CreateAsync();
        await place.ExecuteAsync("INSERT INTO users (chat_id, created_at, updated_at) VALUES ('1', 1, 1)");
        await place.ExecuteAsync("INSERT INTO watchlists (chat_id, ticker, created_at) VALUES ('1', 'SPY', 1), ('1', 'AAPL', 1)");
        await place.ExecuteAsync("INSERT INTO active_positions (chat_id, ticker, entry_price, created_at, updated_at) VALUES ('1', 'SPY', 1, 1, 1), ('1', 'AAPL', 1, 1, 1)");
        return place;
    }
}
