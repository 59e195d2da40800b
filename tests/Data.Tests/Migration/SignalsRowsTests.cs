using TraderHub.Core.Migration.Keys;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>The rows of the signals module, and what the origin's own migration got wrong with them.</summary>
public sealed class SignalsRowsTests
{
    private readonly ManualClock clock = new("2026-11-20T12:31:00Z");

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task WhoLeaves_StaysAUserWithoutASubscription_AndMayComeBack(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, clock);

        await group.SaveAsync(group.Put("chat_ids", """[1,"2",3]"""));
        await group.SaveAsync(group.Put("chat_ids", "[2]", version: 2));
        clock.Advance(TimeSpan.FromMinutes(1));
        await group.SaveAsync(group.Put("chat_ids", "[2,3]", version: 3));

        Assert.Equal("[2,3]", await group.ReadRowsAsync("chat_ids"));
        Assert.Equal(
            [new("1", 0, 1795177860000, 1795177860000), new("2", 1, 1795177860000, 1795177860000), new("3", 1, 1795177860000, 1795177920000)],
            await UsersAsync(place));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Trap1_DataOfAChatThatIsNotSubscribed_ArriveWithAUserOfStatus0(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, clock);

        await group.SaveAsync(
            group.Put("active_position:3", """{"ticker":"SPY","entryPrice":400.5}"""),
            group.Put("execution_history:2", """[{"signalType":"BUY","ticker":"SPY","executionPrice":400.5,"executionDate":1763000000000}]"""),
            group.Put("watchlist:1", """["SPY"]"""));
        await group.SaveAsync(group.Put("chat_ids", "[2]"));

        Assert.Equal([("1", 0L), ("2", 1L), ("3", 0L)], (await UsersAsync(place)).Select(user => (user.ChatId, user.Status)));
        Assert.Equal("""["SPY"]""", await group.ReadRowsAsync("watchlist:1"));
        Assert.Equal("""{"ticker":"SPY","entryPrice":400.5}""", await group.ReadRowsAsync("active_position:3"));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Trap2_AHistoryThatIsCopiedAgain_AddsNothing_AndTwoThatAreAlikeAreTwo(DatabaseProvider provider)
    {
        const string Execution = """{"signalType":"BUY","ticker":"SPY","executionPrice":400.5,"executionDate":1763000000000}""";
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, clock);

        await group.SaveAsync(group.Put("execution_history:1", $"[{Execution},{Execution}]"));
        var ids = await IdsAsync(place, "executions");
        await group.SaveAsync(group.Put("execution_history:1", $"[{Execution},{Execution}]", version: 2));
        Assert.Equal(ids, await IdsAsync(place, "executions"));

        // Another instance that copies the same rows by itself runs into their key.
        await Assert.ThrowsAsync<Core.Platform.StorageConstraintException>(() => place.Signals.ExecuteAsync(
            """
            INSERT INTO executions (chat_id, signal_type, ticker, execution_price, execution_date, occurrence, created_at)
            SELECT chat_id, signal_type, ticker, execution_price, execution_date, occurrence, created_at FROM executions
            """,
            null,
            CancellationToken.None));
        await group.SaveAsync(group.Put("execution_history:1", $"[{Execution},{Execution},{Execution}]", version: 3));
        Assert.Equal([0L, 1L, 2L], await place.Signals.QueryAsync<long>("SELECT occurrence FROM executions ORDER BY id", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Trap3_WhatAConstraintWouldRefuse_IsQuarantinedWithItsReason_AndNotCountedAsCopied(DatabaseProvider provider)
    {
        const string Bad = """{"signalType":"HOLD","ticker":"SPY","executionPrice":1,"executionDate":1}""";
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, clock);

        await group.SaveAsync(group.Put("execution_history:1", $$"""[{{Bad}},{"signalType":"SELL","ticker":"SPY","executionPrice":1,"executionDate":1}]"""));

        Assert.Equal(["SELL"], await place.Signals.QueryAsync<string>("SELECT signal_type FROM executions", null, CancellationToken.None));
        Assert.Equal(
            [new(0, Bad, "Its signalType is neither BUY nor SELL.")],
            await place.Signals.QueryAsync<Quarantined>("SELECT place AS Place, raw AS Raw, reason AS Reason FROM kv_quarantine", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Trap5_TheCachedIndex_IsARowUnderTheNameThatItIsReadBy(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, clock);

        await group.SaveAsync(group.Put("fear_greed_cache", """{"data":{"rating":"fear","score":25.5},"timestamp":1763000000000}"""));

        Assert.Equal(
            [new("fear_greed_index", """{"rating":"fear","score":25.5}""", 1763086400000, 1763000000000)],
            await place.Signals.QueryAsync<Cached>(
                "SELECT cache_key AS Key, cache_value AS Value, expires_at AS ExpiresAt, updated_at AS UpdatedAt FROM cache", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Trap6_AValueThatIsNoJson_CostsOnlyItsOwnKey(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, clock);

        await group.SaveAsync(group.Put("chat_ids", "[1,"), group.Put("watchlist:1", "oops"), group.Put("watchlist:2", """["SPY"]"""));

        Assert.Equal(2, (await place.Signals.QueryAsync<string>("SELECT raw FROM migration_errors", null, CancellationToken.None)).Count);
        Assert.Equal((null, """["SPY"]"""), (await group.ReadRowsAsync("watchlist:1"), await group.ReadRowsAsync("watchlist:2")));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Trap7_UsersWithoutASubscription_AreNotInTheList(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, clock);

        await group.SaveAsync(group.Put("chat_ids", "[1]"), group.Put("watchlist:2", "[]"));

        Assert.Equal("[1]", await group.ReadRowsAsync("chat_ids"));
        Assert.Equal([("1", 1L), ("2", 0L)], (await UsersAsync(place)).Select(user => (user.ChatId, user.Status)));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AListThatChanges_KeepsTheRowsOfWhatStays_AndItsOrder(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, clock);
        await group.SaveAsync(group.Put("watchlist:1", """["A","B","C","D"]"""));
        var ids = await IdsAsync(place, "watchlists");

        clock.Advance(TimeSpan.FromHours(-1));
        await group.SaveAsync(group.Put("watchlist:1", """["A","C","D","E"]""", version: 2));
        Assert.Equal([ids[0], ids[2], ids[3], ids[3] + 1], await IdsAsync(place, "watchlists"));
        Assert.Equal("""["A","C","D","E"]""", await group.ReadRowsAsync("watchlist:1"));

        await group.SaveAsync(group.Put("watchlist:1", """["E","D","A"]""", version: 3));
        Assert.Equal("""["E","D","A"]""", await group.ReadRowsAsync("watchlist:1"));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task APositionThatChanges_KeepsItsRow_AndIsTheLastOfTheList(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, clock);
        await group.SaveAsync(group.Put("active_position:1", """[{"ticker":"A","entryPrice":1},{"ticker":"B","entryPrice":2}]"""));
        var ids = await IdsAsync(place, "active_positions");

        await group.SaveAsync(group.Put("active_position:1", """[{"ticker":"B","entryPrice":2},{"ticker":"A","entryPrice":3}]""", version: 2));

        Assert.Equal(ids, await IdsAsync(place, "active_positions"));
        Assert.Equal("""[{"ticker":"B","entryPrice":2},{"ticker":"A","entryPrice":3}]""", await group.ReadRowsAsync("active_position:1"));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task ADeletedKey_TakesItsRowsAlong_AndLeavesTheUser(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, clock);
        await group.SaveAsync(group.Put("watchlist:1", """["A",5]"""), group.Put("chat_ids", "[1]"));
        var deleted = KeyState.Unknown with { Version = 2, DeletedAt = 1_795_000_000 };

        await group.SaveAsync(group.Put("watchlist:1", string.Empty, deleted), group.Put("chat_ids", string.Empty, deleted));

        Assert.Equal((null, null), (await group.ReadRowsAsync("watchlist:1"), await group.ReadRowsAsync("chat_ids")));
        Assert.Equal([("1", 0L)], (await UsersAsync(place)).Select(user => (user.ChatId, user.Status)));
        Assert.Empty(await place.Signals.QueryAsync<string>("SELECT raw FROM kv_quarantine", null, CancellationToken.None));
    }

    private static Task<IReadOnlyList<User>> UsersAsync(TestPlace place) => place.Signals.QueryAsync<User>(
        "SELECT chat_id AS ChatId, subscription_status AS Status, created_at AS CreatedAt, updated_at AS UpdatedAt FROM users ORDER BY chat_id", null, CancellationToken.None);

    private static Task<IReadOnlyList<long>> IdsAsync(TestPlace place, string table) =>
        place.Signals.QueryAsync<long>($"SELECT id FROM {table} ORDER BY id", null, CancellationToken.None);

    private sealed record User(string ChatId, long Status, long CreatedAt, long UpdatedAt);

    private sealed record Quarantined(long Place, string Raw, string Reason);

    private sealed record Cached(string Key, string Value, long ExpiresAt, long UpdatedAt);
}
