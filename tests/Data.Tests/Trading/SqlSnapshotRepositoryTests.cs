using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Core.Trading.Snapshots;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading.SignIn;
using TraderHub.Data.Trading.Snapshots;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Trading;

public sealed class SqlSnapshotRepositoryTests
{
    private static readonly WalletAddress First = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly WalletAddress Second = WalletAddress.Parse("0x00000000000000000000000000000000000000a2");
    private static readonly Instant Slot = Instant.FromUtc(2026, 11, 21, 9, 30);
    private static readonly ManualClock Clock = new("2026-11-21T09:30:07Z");

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SaveAsync_Twice_KeepsOneRowWithTheDocumentedColumns(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var snapshots = new SqlSnapshotRepository(place.Trading, Clock);

        await snapshots.SaveAsync(SnapshotOf(First), CancellationToken.None);
        await snapshots.SaveAsync(SnapshotOf(First), CancellationToken.None);

        var slot = Slot.ToUnixTimeSeconds();
        Assert.Equal(
            [new Row(First.ToString(), slot, -7.25m, 1000.5m, 1100m, 2.0m, 100.25m, slot + 7)],
            await place.QueryAsync<Row>(
                """
                SELECT user_address AS Address, snapshot_time AS Slot, total_pnl AS TotalPnl, account_value AS AccountValue, total_value AS Total,
                       leverage AS Leverage, margin_used AS MarginUsed, created_at AS CreatedAt
                FROM position_snapshots
                """));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SaveAsync_PositionsKeepTheirFieldNamesAndAllDigits(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);

        await new SqlSnapshotRepository(place.Trading, Clock).SaveAsync(SnapshotOf(First), CancellationToken.None);

        Assert.Equal(
            [
                """[{"coin":"BTC","szi":"-0.123456789012345678","entryPx":"64000.0","positionValue":"2001.0","unrealizedPnl":"-7.25","returnOnEquity":"-0.07","liquidationPx":null,"marginUsed":"100.25","leverage":"20","leverageType":"cross"}]""",
            ],
            await place.QueryAsync<string>("SELECT positions FROM position_snapshots"));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ListDueAsync_IsEveryActiveTraderOnceWhoWasNotLookedAtForTheSlot(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var snapshots = new SqlSnapshotRepository(place.Trading, Clock);
        var sessions = new SqlSessionRepository(place.Trading);
        await sessions.AddAsync("hash1", First, Slot, Slot + Duration.FromDays(1), CancellationToken.None);
        await sessions.AddAsync("hash2", First, Slot, Slot + Duration.FromDays(1), CancellationToken.None);
        await sessions.AddAsync("hash3", Second, Slot, Slot + Duration.FromHours(1), CancellationToken.None);
        await sessions.RemoveAsync("hash3", CancellationToken.None);
        Assert.Equal([First, Second], await snapshots.ListDueAsync(Slot, Slot, CancellationToken.None));
        Assert.Empty(await snapshots.ListDueAsync(Slot, Slot + Duration.FromSeconds(1), CancellationToken.None));

        await snapshots.SaveAsync(SnapshotOf(First), CancellationToken.None);
        Assert.Equal([Second], await snapshots.ListDueAsync(Slot, Slot, CancellationToken.None));

        await snapshots.SaveNothingAsync(Second, Slot, CancellationToken.None);
        Assert.Empty(await snapshots.ListDueAsync(Slot, Slot, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ListDueAsync_WhoHasWaitedLongestComesFirst(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var snapshots = new SqlSnapshotRepository(place.Trading, Clock);
        var sessions = new SqlSessionRepository(place.Trading);
        await sessions.AddAsync("hash1", First, Slot, Slot + Duration.FromDays(1), CancellationToken.None);
        await sessions.AddAsync("hash2", Second, Slot, Slot + Duration.FromDays(1), CancellationToken.None);

        await snapshots.SaveNothingAsync(First, Slot, CancellationToken.None);

        Assert.Equal([Second, First], await snapshots.ListDueAsync(Slot + Duration.FromMinutes(30), Slot, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SaveAsync_AfterAGap_ClosesTheGap(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var snapshots = new SqlSnapshotRepository(place.Trading, Clock);
        await snapshots.SaveGapAsync(new SnapshotGap(First, Slot, "Hyperliquid cannot be reached."), CancellationToken.None);
        await snapshots.SaveGapAsync(new SnapshotGap(First, Slot, "Hyperliquid did not answer within 10 s."), CancellationToken.None);
        Assert.Equal(["Hyperliquid did not answer within 10 s."], await place.QueryAsync<string>("SELECT reason FROM snapshot_gaps"));

        await snapshots.SaveAsync(SnapshotOf(First), CancellationToken.None);

        Assert.Empty(await place.QueryAsync<string>("SELECT reason FROM snapshot_gaps"));
    }

    private static PositionSnapshot SnapshotOf(WalletAddress address) => new(
        Slot,
        new Balance(new AccountParts(
            address,
            Slot,
            AccountMode.Disabled,
            [
                new PerpAccount(
                    PerpDex.Main,
                    1000.5m,
                    900m,
                    100.25m,
                    2001.0m,
                    [new Position("BTC", -0.123456789012345678m, 64000.0m, 2001.0m, -7.25m, -0.07m, null, 100.25m, 20, "cross", 40)],
                    Slot),
            ],
            new SpotAccount([new SpotBalance("USDC", 0, 99.5m, 0)], null, new Dictionary<int, decimal>(), Slot),
            Prices: null,
            Dexes: [],
            Missing: [])));

    private sealed record Row(string Address, long Slot, decimal TotalPnl, decimal AccountValue, decimal Total, decimal Leverage, decimal MarginUsed, long CreatedAt);
}
