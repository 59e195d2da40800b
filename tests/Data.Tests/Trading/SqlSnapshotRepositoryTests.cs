using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Snapshots;
using TraderHub.Data.Trading.SignIn;
using TraderHub.Data.Trading.Snapshots;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Trading;

public sealed class SqlSnapshotRepositoryTests : IAsyncLifetime
{
    private static readonly WalletAddress First = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly WalletAddress Second = WalletAddress.Parse("0x00000000000000000000000000000000000000a2");
    private static readonly Instant Slot = Instant.FromUtc(2026, 11, 21, 9, 30);

    private TradingStore store = null!;
    private SqlSnapshotRepository snapshots = null!;

    public async Task InitializeAsync()
    {
        var clock = new ManualClock("2026-11-21T09:30:07Z");
        store = await TradingStore.CreateAsync(clock);
        snapshots = new SqlSnapshotRepository(store.Database, clock);
    }

    public Task DisposeAsync() => store.DisposeAsync().AsTask();

    [Fact]
    public async Task SaveAsync_Twice_KeepsOneRowWithTheDocumentedColumns()
    {
        await snapshots.SaveAsync(SnapshotOf(First), CancellationToken.None);
        await snapshots.SaveAsync(SnapshotOf(First), CancellationToken.None);

        var rows = store.Query<string>(
            "SELECT user_address || ' ' || snapshot_time || ' ' || total_pnl || ' ' || account_value || ' ' || leverage || ' ' || margin_used || ' ' || created_at FROM position_snapshots");
        Assert.Equal([$"{First} {Slot.ToUnixTimeSeconds()} -7.25 1000.5 2.0 100.25 {Slot.ToUnixTimeSeconds() + 7}"], rows);
    }

    [Fact]
    public async Task SaveAsync_PositionsKeepTheirFieldNamesAndAllDigits()
    {
        await snapshots.SaveAsync(SnapshotOf(First), CancellationToken.None);

        Assert.Equal(
            [
                """[{"coin":"BTC","szi":"-0.123456789012345678","entryPx":"64000.0","positionValue":"2001.0","unrealizedPnl":"-7.25","returnOnEquity":"-0.07","liquidationPx":null,"marginUsed":"100.25","leverage":"20","leverageType":"cross"}]""",
            ],
            store.Query<string>("SELECT positions FROM position_snapshots"));
    }

    [Fact]
    public async Task ListDueAsync_IsEverySignedInTraderWithoutASnapshotOfTheSlot()
    {
        var sessions = new SqlSessionRepository(store.Database);
        await sessions.AddAsync("hash1", First, Slot, Slot + Duration.FromDays(1), CancellationToken.None);
        await sessions.AddAsync("hash2", First, Slot, Slot + Duration.FromDays(1), CancellationToken.None);
        await sessions.AddAsync("hash3", Second, Slot, Slot + Duration.FromHours(1), CancellationToken.None);
        Assert.Equal([First, Second], await snapshots.ListDueAsync(Slot, Slot, CancellationToken.None));

        await snapshots.SaveAsync(SnapshotOf(First), CancellationToken.None);

        Assert.Equal([Second], await snapshots.ListDueAsync(Slot, Slot, CancellationToken.None));
        Assert.Empty(await snapshots.ListDueAsync(Slot, Slot + Duration.FromHours(1), CancellationToken.None));
    }

    [Fact]
    public async Task SaveAsync_AfterAGap_ClosesTheGap()
    {
        await snapshots.SaveGapAsync(new SnapshotGap(First, Slot, "Hyperliquid cannot be reached."), CancellationToken.None);
        await snapshots.SaveGapAsync(new SnapshotGap(First, Slot, "Hyperliquid did not answer within 10 s."), CancellationToken.None);
        Assert.Equal(["Hyperliquid did not answer within 10 s."], store.Query<string>("SELECT reason FROM snapshot_gaps"));

        await snapshots.SaveAsync(SnapshotOf(First), CancellationToken.None);

        Assert.Empty(store.Query<string>("SELECT reason FROM snapshot_gaps"));
    }

    private static PositionSnapshot SnapshotOf(WalletAddress address) => new(
        address,
        Slot,
        new PerpAccount(
            1000.5m,
            900m,
            100.25m,
            2001.0m,
            [new Position("BTC", -0.123456789012345678m, 64000.0m, 2001.0m, -7.25m, -0.07m, null, 100.25m, 20, "cross")],
            Slot));
}
