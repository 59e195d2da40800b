using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Market;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Data.Tests.Signals.Properties;

/// <summary>P12: the documented repositories answer the same before and after the migration, as the documents have it.</summary>
public sealed class RepositoryContract
{
    private static readonly Gen<(int Call, string Chat, string Ticker, int Number)> Calls =
        from call in Gen.Choose(0, 7)
        from chat in Gen.Elements("1", "-1001557900011")
        from ticker in Gen.Elements("SPY", "AAPL", "BRK.B")
        from number in Gen.Choose(1, 5)
        select (call, chat, ticker, number);

    /// <summary>What a dictionary of lists would answer, the repositories answer in every stage.</summary>
    [Fact]
    public void P12_The_repositories_answer_as_documented_in_every_stage() => PropertyPlace.Check(
        from calls in Calls.ListOf()
        from stage in Gen.Elements(Stage.Kv, Stage.Copy, Stage.Sql, Stage.SqlOnly)
        select (calls, stage),
        async tried =>
        {
            await using var place = await PropertyPlace.MoveAsync(new([], 1, 1), tried.stage);
            var (subscriptions, watchlists) = (place.Engine.Get<ISubscriptionRepository>(), place.Engine.Get<IWatchlistRepository>());
            var (executions, positions) = (place.Engine.Get<IExecutionRepository>(), place.Engine.Get<IPositionRepository>());
            var subscribed = new HashSet<string>();
            var followed = new List<(string Chat, string Ticker)>();
            var executed = new List<(string Chat, ExecutedSignal Execution)>();
            var held = new List<(string Chat, HeldPosition Position)>();
            foreach (var (call, chat, ticker, number) in tried.calls)
            {
                switch (call)
                {
                    case 0:
                        Assert.Equal(subscribed.Add(chat), await subscriptions.AddAsync(chat, default));
                        break;
                    case 1:
                        Assert.Equal(subscribed.Remove(chat), await subscriptions.RemoveAsync(chat, default));
                        break;
                    case 2 when followed.Contains((chat, ticker)):
                        await Assert.ThrowsAsync<StorageConstraintException>(() => watchlists.AddAsync(chat, ticker, default));
                        break;
                    case 2:
                        followed.Add((chat, ticker));
                        await watchlists.AddAsync(chat, ticker.ToLowerInvariant(), default);
                        break;
                    case 3:
                        followed.Remove((chat, ticker));
                        await watchlists.RemoveAsync(chat, ticker, default);
                        break;
                    case 4:
                        followed.RemoveAll(one => one.Chat == chat);
                        await watchlists.ClearAsync(chat, default);
                        break;
                    case 5:
                        executed.Add((chat, new(number % 2 == 0 ? "BUY" : "SELL", ticker, number, number * 1000, number == 3 ? 2.5 : null)));
                        await executions.RecordAsync(chat, executed[^1].Execution with { Ticker = ticker.ToLowerInvariant() }, default);
                        break;
                    case 6:
                        held.RemoveAll(one => one.Chat == chat && one.Position.Ticker == ticker);
                        held.Add((chat, new(ticker, number)));
                        await positions.SetActivePositionAsync(chat, ticker, number, default);
                        break;
                    default:
                        held.RemoveAll(one => one.Chat == chat && one.Position.Ticker == ticker);
                        await positions.ClearActivePositionAsync(chat, ticker, default);
                        break;
                }
            }

            Assert.Equal(subscribed.Order(StringComparer.Ordinal), await subscriptions.GetChatIdsAsync(default));
            foreach (var chat in new[] { "1", "-1001557900011" })
            {
                Assert.Equal(subscribed.Contains(chat), await subscriptions.ExistsAsync(chat, default));
                Assert.Equal(followed.Where(one => one.Chat == chat).Select(one => one.Ticker), await watchlists.GetAsync(chat, default));
                Assert.Equal(held.LastOrDefault(one => one.Chat == chat).Position, await positions.GetActivePositionAsync(chat, default));
                Assert.Equal(held.FirstOrDefault(one => one.Chat == chat && one.Position.Ticker == "SPY").Position, await positions.GetActivePositionAsync(chat, "spy", default));
                var newestFirst = Enumerable.Reverse(executed.Where(one => one.Chat == chat).Select(one => one.Execution)).OrderByDescending(one => one.ExecutionDate).ToList();
                Assert.Equal(newestFirst, (await executions.GetHistoryAsync(chat, null, default)).Select(one => one.Execution));
                Assert.Equal(newestFirst.Where(one => one.Ticker == "SPY"), (await executions.GetHistoryAsync(chat, "spy", default)).Select(one => one.Execution));
                Assert.Equal(newestFirst.FirstOrDefault(), (await executions.FindLatestAsync(chat, null, default))?.Execution);
            }
        });

    [Theory]
    [InlineData("some_key", Stage.SqlOnly)]
    [InlineData("fear_greed_index", Stage.Kv)]
    [InlineData("fear_greed_index", Stage.SqlOnly)]
    public async Task Cache_IsGoodUntilItsTime_AndIsCleanedUpAfterIt(string key, Stage stage)
    {
        await using var place = await PropertyPlace.MoveAsync(new([], 1, 1), stage);
        var cache = place.Engine.Get<ICacheRepository>();
        await cache.CleanUpAsync(default);
        var value = JsonDocument.Parse("""{"rating":"Fear","score":25}""").RootElement;

        await cache.SetAsync(key, value, Duration.FromHours(1), default);
        Assert.Equal(25, (await cache.GetAsync(key, default))!.Value.GetProperty("score").GetInt32());
        await cache.SetAsync(key, value, Duration.FromMilliseconds(-1), default);
        Assert.Null(await cache.GetAsync(key, default));
        await cache.SetAsync("other", value, Duration.FromHours(1), default);
        await cache.SetAsync(key, value, Duration.FromHours(-1), default);
        Assert.Equal(1, await cache.CleanUpAsync(default));
        Assert.Equal(0, await cache.CleanUpAsync(default));
        await cache.SetAsync(key, value, Duration.FromHours(1), default);
        await cache.DeleteAsync(key, default);
        Assert.Null(await cache.GetAsync(key, default));
        Assert.NotNull(await cache.GetAsync("other", default));
    }

    [Theory]
    [InlineData("'{'", "9e15")]
    [InlineData("'{}'", "'soon'")]
    [InlineData("'{}'", "1")]
    public async Task Cache_ThatCannotBeRead_IsNone_AndRemoved(string value, string expiresAt)
    {
        await using var place = await PropertyPlace.CreateAsync();
        await place.ExecuteAsync($"INSERT INTO cache (cache_key, cache_value, expires_at, updated_at) VALUES ('k', {value}, {expiresAt}, 1)");

        Assert.Null(await place.Engine.Get<ICacheRepository>().GetAsync("k", default));
        Assert.Empty(await place.QueryAsync<string>("SELECT cache_key FROM cache"));
    }

    [Fact]
    public async Task RecordAsync_OfAnotherType_BreaksTheTablesRule()
    {
        await using var place = await PropertyPlace.CreateAsync();
        var refused = await Assert.ThrowsAsync<StorageConstraintException>(
            () => place.Engine.Get<IExecutionRepository>().RecordAsync("1", new("HOLD", "SPY", 1, 1, null), default));

        Assert.Equal((ConstraintKind.Check, "ck_executions_signal_type"), (refused.Constraint.Kind, refused.Constraint.Name));
    }
}
