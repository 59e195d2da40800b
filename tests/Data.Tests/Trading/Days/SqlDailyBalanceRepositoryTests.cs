using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.CashFlows;
using TraderHub.Core.Trading.Days;
using TraderHub.Core.Trading.Settings;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading.Days;
using TraderHub.Data.Trading.SignIn;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Trading.Days;

public sealed class SqlDailyBalanceRepositoryTests
{
    private static readonly WalletAddress Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly WalletAddress Other = WalletAddress.Parse("0x00000000000000000000000000000000000000a2");
    private static readonly Instant Morning = Instant.FromUtc(2026, 11, 21, 9, 30);
    private static readonly Instant Midnight = Instant.FromUtc(2026, 11, 22, 0, 0);
    private static readonly ManualClock Clock = new("2026-11-21T09:30:00Z");

    private static readonly DailyBalance Today = new(
        Address, new LocalDate(2026, 11, 21), new LocalDate(2026, 11, 20), 5.75m, Midnight, 1182.312496m, Morning, 1000m, 182.312496m);

    private static readonly DailyBalance Tomorrow = Today with
    {
        Date = Today.Date.PlusDays(1),
        UtcDate = Today.UtcDate.PlusDays(1),
        EndsAt = Midnight + Duration.FromDays(1),
        StartBalance = 1300m,
        StartAsOf = Midnight + Duration.FromMinutes(1),
    };

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task OpenAsync_Twice_KeepsTheFirst(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var days = RepositoryOf(place);

        await days.OpenAsync(Today, CancellationToken.None);
        await days.OpenAsync(Today with { StartBalance = 1 }, CancellationToken.None);
        await days.OpenAsync(Tomorrow, CancellationToken.None);

        Assert.Equal(Today, await days.FindOpenAsync(Address, CancellationToken.None));
        Assert.Equal([1L], await place.QueryAsync<long>("SELECT COUNT(*) FROM daily_balances"));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task CloseAsync_ByManyAtOnce_HappensOnce(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var days = RepositoryOf(place);
        await days.OpenAsync(Today, CancellationToken.None);
        var close = CloseOf(Today, 1300.5m);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => days.CloseAsync(Today, close with { EndBalance = close.EndBalance + i }, Tomorrow, CancellationToken.None)));

        Assert.Equal(Tomorrow, await days.FindOpenAsync(Address, CancellationToken.None));
        Assert.Equal([2L], await place.QueryAsync<long>("SELECT COUNT(*) FROM daily_balances"));
        var streaks = await new SqlStreakRepository(place.Trading, Clock).ReadAsync(Address, CancellationToken.None);
        Assert.Equal((Today.Date, 1, 0), (streaks.LastDate, streaks.PositiveDays, streaks.NegativeDays));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task CloseAsync_WritesTheDocumentedColumns(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var days = RepositoryOf(place);
        await days.OpenAsync(Today, CancellationToken.None);

        await days.CloseAsync(Today, CloseOf(Today, 1300.5m), Tomorrow, CancellationToken.None);

        Assert.Equal(
            [new Row("2026-11-20", new LocalDate(2026, 11, 21), 5.75m, 1182.312496m, 1300.5m, 118.187504m, false, "balance", Midnight.ToUnixTimeSeconds())],
            await place.QueryAsync<Row>(
                """
                SELECT date AS Date, user_date AS UserDate, timezone_offset AS TimezoneOffset, start_balance AS StartBalance, end_balance AS EndBalance,
                       daily_pnl AS Pnl, target_achieved AS IsTargetReached, pnl_source AS Source, end_as_of AS EndAsOf
                FROM daily_balances
                WHERE end_balance IS NOT NULL
                """));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    [Trait("Case", "M6")]
    public async Task CloseAsync_OfADayThatCouldNotBeJudged_SaysWhyAndLeavesTheStreaksAlone(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var days = RepositoryOf(place);
        await days.OpenAsync(Today, CancellationToken.None);
        var unread = new NetFlows(null, ["ledger", "ledger:new"], null);

        await days.CloseAsync(Today, DayClose.Of(Today, 1300.5m, Midnight, unread, UserSettings.DefaultOf(Address)), Tomorrow, CancellationToken.None);

        Assert.Equal(
            ["ledger,ledger:new"],
            await place.QueryAsync<string>("SELECT missing FROM daily_balances WHERE end_balance IS NOT NULL AND daily_pnl IS NULL AND net_transfers IS NULL"));
        Assert.Equal(Streaks.None, await new SqlStreakRepository(place.Trading, Clock).ReadAsync(Address, CancellationToken.None));
        Assert.Equal(Tomorrow, await days.FindOpenAsync(Address, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindOpenAsync_OfALaterDay_KnowsItsBoundaryAndItsLedger(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var days = RepositoryOf(place);
        var day = Today with { StartsAt = Morning, LedgerFrom = Morning + Duration.FromMilliseconds(123) };

        await days.OpenAsync(day, CancellationToken.None);

        Assert.Equal(day, await days.FindOpenAsync(Address, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    [Trait("Case", "D1")]
    public async Task MoveAsync_OfAnOpenDay_GivesItAnotherDateUnlessThatIsClosed(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var days = RepositoryOf(place);
        await days.OpenAsync(Today, CancellationToken.None);
        var moved = Today with { Date = Today.Date.PlusDays(-1), UtcDate = Today.UtcDate.PlusDays(-1), Offset = -8, EndsAt = Midnight + Duration.FromHours(8) };

        await days.MoveAsync(Today, moved, CancellationToken.None);
        Assert.Equal(moved, await days.FindOpenAsync(Address, CancellationToken.None));

        await days.CloseAsync(moved, CloseOf(moved, 1300.5m), Tomorrow, CancellationToken.None);
        await days.MoveAsync(Tomorrow, Tomorrow with { Date = moved.Date }, CancellationToken.None);
        Assert.Equal(Tomorrow, await days.FindOpenAsync(Address, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ListDueAsync_IsEveryActiveTraderWithoutADayThatGoesOn(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var days = RepositoryOf(place);
        var sessions = new SqlSessionRepository(place.Trading);
        await sessions.AddAsync("hash1", Address, Morning, Midnight, CancellationToken.None);
        await sessions.AddAsync("hash2", Other, Morning, Midnight, CancellationToken.None);
        await days.OpenAsync(Today, CancellationToken.None);

        Assert.Equal([Other], await days.ListDueAsync(Morning, Midnight - Duration.FromSeconds(1), CancellationToken.None));
        Assert.Equal([Address, Other], await days.ListDueAsync(Morning, Midnight, CancellationToken.None));
        Assert.Empty(await days.ListDueAsync(Morning + Duration.FromSeconds(1), Midnight, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ReadAsync_BeforeTheFirstClosedDay_IsNoStreak(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);

        Assert.Equal(Streaks.None, await new SqlStreakRepository(place.Trading, Clock).ReadAsync(Address, CancellationToken.None));
    }

    private static SqlDailyBalanceRepository RepositoryOf(TestPlace place) => new(place.Trading, new SqlStreakRepository(place.Trading, Clock), Clock);

    private static DayClose CloseOf(DailyBalance day, decimal end) => DayClose.Of(day, end, Midnight, NetFlows.None, UserSettings.DefaultOf(Address));

    private sealed record Row(
        string Date,
        LocalDate UserDate,
        decimal TimezoneOffset,
        decimal StartBalance,
        decimal EndBalance,
        decimal Pnl,
        bool IsTargetReached,
        string Source,
        long EndAsOf);
}
