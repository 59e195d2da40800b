using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;
using TraderHub.Core.Signals.Migration;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Signals;
using TraderHub.Data.Signals.Market;
using TraderHub.Data.Sql;
using TraderHub.Data.Tests.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Market;

/// <summary>The kept indices, in every stage of the migration and on both databases.</summary>
public sealed class FearGreedCacheTests
{
    private readonly FastClock clock = new(50);

    public static TheoryData<DatabaseProvider, Stage> Places
    {
        get
        {
            var places = new TheoryData<DatabaseProvider, Stage>();
            foreach (var stage in Enum.GetValues<Stage>())
            {
                places.Add(DatabaseProvider.Sqlite, stage);
                places.Add(DatabaseProvider.Postgres, stage);
            }

            return places;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Places))]
    public async Task Save_ThenFind_IsTheSame_AndOneIndexIsNotTheOther(DatabaseProvider provider, Stage stage)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        await using var engine = await StartAsync(place, stage);
        var cache = Cache(engine);
        var (stocks, crypto) = (Reading(FearGreedMarket.Stocks, 25.4), Reading(FearGreedMarket.Crypto, 70));

        await cache.SaveAsync(crypto, default);
        Assert.Null(await cache.FindAsync(FearGreedMarket.Stocks, default));
        await cache.SaveAsync(stocks, default);

        Assert.Equal(stocks, await cache.FindAsync(FearGreedMarket.Stocks, default));
        Assert.Equal(crypto, await cache.FindAsync(FearGreedMarket.Crypto, default));
        Assert.Equal((stage >= Stage.Sql, "fear_greed_cache"), ((await engine.ReadAsync(FearGreedEntity.Key)).IsFromSql, FearGreedEntity.Key));
    }

    [SkippableTheory]
    [MemberData(nameof(Places))]
    public async Task DeleteExpired_DeletesWhatIsOverItsDay_AndNothingElse(DatabaseProvider provider, Stage stage)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        await using var engine = await StartAsync(place, stage);
        var cache = Cache(engine);
        await cache.SaveAsync(Reading(FearGreedMarket.Stocks, 25), default);
        await cache.SaveAsync(Reading(FearGreedMarket.Crypto, 70), default);

        await cache.DeleteExpiredAsync(clock.GetInstant(), default);
        Assert.NotNull(await cache.FindAsync(FearGreedMarket.Stocks, default));
        Assert.NotNull(await cache.FindAsync(FearGreedMarket.Crypto, default));

        await cache.DeleteExpiredAsync(clock.GetInstant() + Duration.FromHours(25), default);
        Assert.Null(await cache.FindAsync(FearGreedMarket.Stocks, default));
        Assert.Null(await cache.FindAsync(FearGreedMarket.Crypto, default));
        Assert.Null((await engine.ReadAsync(FearGreedEntity.Key)).Value);

        await cache.SaveAsync(Reading(FearGreedMarket.Stocks, 26), default);
        Assert.Equal(26, (await cache.FindAsync(FearGreedMarket.Stocks, default))!.Score);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Find_ARowThatTheBotCopiedUnderTheOtherName_IsRead_UntilANewerOneIsThere(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        await using var engine = await StartAsync(place, Stage.Sql);
        var cache = Cache(engine);
        var fetched = clock.GetInstant().ToUnixTimeMilliseconds() - 60_000;
        await engine.Get<SignalsDatabase>().ExecuteAsync(
            "INSERT INTO cache (cache_key, cache_value, expires_at, updated_at) VALUES ('fear_greed_cache', @Value, @ExpiresAt, @Updated)",
            new { Value = """{"rating":"Fear","score":"31.5","previous_1_week":"44"}""", ExpiresAt = fetched + 86_400_000, Updated = fetched },
            default);

        var copied = await cache.FindAsync(FearGreedMarket.Stocks, default);
        Assert.Equal(("fear", 31.5, 44d, fetched), (copied!.Rating, copied.Score, copied.PreviousWeek, copied.FetchedAt.ToUnixTimeMilliseconds()));

        await cache.SaveAsync(Reading(FearGreedMarket.Stocks, 50), default);
        Assert.Equal(50, (await cache.FindAsync(FearGreedMarket.Stocks, default))!.Score);
    }

    [Theory]
    [InlineData("""{"data":{"rating":"fear","score":31.5,"previous_close":30},"timestamp":1795187340000}""", 31.5)]
    [InlineData("""{"data":{"rating":"fear","score":131.5},"timestamp":1795187340000}""", null)]
    [InlineData("""{"data":{"rating":"fear","score":31.5},"timestamp":8640000000000000}""", null)]
    [InlineData("""{"data":{"rating":"fear","score":null},"timestamp":1795187340000}""", null)]
    [InlineData("broken", null)]
    public async Task Find_WhatTheBotLeftUnderItsKey_IsReadWhenItIsAnIndex_AndWrittenOver(string value, double? score)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        var store = new MemoryKeyValueStore(clock);
        await store.PutAsync(FearGreedEntity.Key, System.Text.Encoding.UTF8.GetBytes(value), PutOptions.None, default);
        await using var engine = TestEngine.On(place, store, clock);
        await engine.MoveToAsync(Stage.Kv);
        var cache = Cache(engine);

        Assert.Equal(score, (await cache.FindAsync(FearGreedMarket.Stocks, default))?.Score);
        await cache.SaveAsync(Reading(FearGreedMarket.Stocks, 50), default);
        Assert.Equal(50, (await cache.FindAsync(FearGreedMarket.Stocks, default))!.Score);
    }

    private static FearGreedCache Cache(TestEngine engine) =>
        new(engine.Get<ManagedValues<CachedIndex>>(), new(engine.Get<SignalsDatabase>()), NullLogger<FearGreedCache>.Instance);

    private async Task<TestEngine> StartAsync(TestPlace place, Stage stage)
    {
        // Without any key the group would have begun at home in SQL.
        var store = new MemoryKeyValueStore(clock);
        await store.PutAsync("watchlist:1", """["SPY"]"""u8.ToArray(), PutOptions.None, default);
        var engine = TestEngine.On(place, store, clock);
        await engine.MoveToAsync(stage);
        return engine;
    }

    private FearGreedReading Reading(FearGreedMarket market, double score) =>
        new(market, "fear", score, Instant.FromUnixTimeMilliseconds(clock.GetInstant().ToUnixTimeMilliseconds()), IsStale: false) { PreviousClose = 30.25, PreviousYear = 80 };
}
