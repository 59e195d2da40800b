using Dapper;
using Microsoft.Data.Sqlite;
using TraderHub.Testing;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>Each trader's own days, through the whole host: requests and timers alike (rules D1 to D3).</summary>
public sealed class DaysTests : IAsyncLifetime
{
    private UpstreamDouble exchange = null!;
    private TestHost host = null!;
    private string session = null!;

    public async Task InitializeAsync()
    {
        exchange = await UpstreamDouble.StartAsync();
        exchange.AnswerAll();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"offset":-12}""", "2026-11-21T11:30:00Z", "2026-11-20", "2026-11-21T12:00:00Z", "2026-11-21", "2026-11-22T12:00:00Z")]
    [InlineData("""{"offset":0}""", "2026-11-21T09:40:00Z", "2026-11-21", "2026-11-22T00:00:00Z", "2026-11-22", "2026-11-23T00:00:00Z")]
    [InlineData("""{"offset":5.75}""", "2026-11-21T09:40:00Z", "2026-11-21", "2026-11-21T18:15:00Z", "2026-11-22", "2026-11-22T18:15:00Z")]
    [InlineData("""{"offset":14}""", "2026-11-21T09:40:00Z", "2026-11-21", "2026-11-21T10:00:00Z", "2026-11-22", "2026-11-22T10:00:00Z")]
    [InlineData("""{"zoneId":"Europe/Berlin"}""", "2026-10-24T21:00:00Z", "2026-10-24", "2026-10-24T22:00:00Z", "2026-10-25", "2026-10-25T23:00:00Z")]
    [InlineData("""{"zoneId":"America/New_York"}""", "2026-03-08T04:59:00Z", "2026-03-07", "2026-03-08T05:00:00Z", "2026-03-08", "2026-03-09T04:00:00Z")]
    public async Task ADay_EndsAtTheTradersOwnMidnight_AndTheNextBeginsWithTheFirstBalanceSeen(
        string zone, string now, string date, string end, string nextDate, string nextEnd)
    {
        await StartAsync(now, zone);
        Assert.Equal(1100.0m, await StartBalanceAsync());

        // The last second still belongs to the day.
        host.Clock.Advance(DateTimeOffset.Parse(end, null) - host.Clock.GetUtcNow() - TimeSpan.FromSeconds(1));
        exchange.Answer(Spot, """{"balances":[{"coin":"USDC","token":0,"total":"299.5","hold":"0.0"}]}""");
        Assert.Equal(1100.0m, await StartBalanceAsync());

        ForgetSignIns();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1300.0m, await StartBalanceAsync());
        Assert.Equal([$"{date} {Seconds(end)} 1100.0 1300.0 200.0", $"{nextDate} {Seconds(nextEnd)} 1300.0  "], Rows());
    }

    [Fact]
    public async Task ADay_ThatNobodyAsksFor_IsClosedByTheHalfHourlyRunAtLocalMidnight()
    {
        await StartAsync("2026-11-21T17:50:00Z", """{"offset":5.5}""");
        await StartBalanceAsync();

        // 18:00 UTC is half an hour before midnight at +5:30; 18:30 is midnight.
        await RunAsync("CaptureSnapshots", TimeSpan.FromMinutes(10));
        Assert.Equal([$"2026-11-21 {Seconds("2026-11-21T18:30:00Z")} 1100.0  "], Rows());
        await RunAsync("CaptureSnapshots", TimeSpan.FromMinutes(30));
        Assert.Equal(
            [$"2026-11-21 {Seconds("2026-11-21T18:30:00Z")} 1100.0 1100.0 0.0", $"2026-11-22 {Seconds("2026-11-22T18:30:00Z")} 1100.0  "], Rows());
    }

    [Fact]
    public async Task DailyReset_ClosesWhatHasEnded_AndASecondRunChangesNothing()
    {
        await StartAsync("2026-11-21T23:50:00Z", """{"offset":0}""");
        await StartBalanceAsync();

        await RunAsync("DailyReset", TimeSpan.FromMinutes(10));
        var rows = Rows();
        Assert.Equal(2, rows.Count);
        (await host.RunTimerAsync("DailyReset")).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => Finished("DailyReset") == 2);

        Assert.Equal(rows, Rows());
        Assert.Equal(["2026-11-21 0 1"], host.Query<string>("SELECT last_update_date || ' ' || current_achievement_streak || ' ' || current_no_loss_streak FROM streak_data"));
        Assert.All(host.Query<string>("SELECT status FROM cron_logs WHERE job_name = 'DailyReset'"), status => Assert.Equal("completed", status));
    }

    [Fact]
    public async Task AChangeOfZoneOverMidnight_TakesEffectWhenTheOpenDayEnds_AndRewritesNothing()
    {
        await StartAsync("2026-11-21T09:40:00Z", """{"offset":14}""");
        await StartBalanceAsync();
        await SetZoneAsync("""{"offset":-12}""");

        Assert.Equal(1100.0m, await StartBalanceAsync());
        Assert.Equal([$"2026-11-21 {Seconds("2026-11-21T10:00:00Z")} 1100.0  "], Rows());

        ForgetSignIns();
        host.Clock.Advance(TimeSpan.FromMinutes(20));
        await StartBalanceAsync();

        // In the new zone the 20th goes on; a date that was lived already does not come again.
        Assert.Equal(
            [$"2026-11-21 {Seconds("2026-11-21T10:00:00Z")} 1100.0 1100.0 0.0", $"2026-11-22 {Seconds("2026-11-23T12:00:00Z")} 1100.0  "], Rows());
        Assert.Equal(["14.0", "-12.0"], host.Query<string>("SELECT CAST(timezone_offset AS TEXT) FROM daily_balances ORDER BY user_date"));
    }

    [Fact]
    public async Task ManyFirstRequestsOfADayAtOnce_OpenItOnce()
    {
        await StartAsync("2026-11-21T09:40:00Z", """{"offset":0}""");

        var starts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => StartBalanceAsync()));

        Assert.All(starts, start => Assert.Equal(1100.0m, start));
        Assert.Single(Rows());
    }

    private async Task StartAsync(string now, string zone)
    {
        host = await TestHost.StartAsync(new TestHostOptions { Exchange = exchange, Clock = new ManualClock(now) });
        session = await host.SignInAsync(TestHost.Trader);
        await SetZoneAsync(zone);
    }

    private async Task SetZoneAsync(string zone) =>
        (await host.SendAsync(HttpMethod.Post, "/api/timezone", zone, ("Authorization", $"Bearer {session}"))).EnsureSuccessStatusCode();

    private async Task<decimal> StartBalanceAsync()
    {
        var response = await host.SendAsync(HttpMethod.Get, "/api/balance", null, ("Authorization", $"Bearer {session}"));
        response.EnsureSuccessStatusCode();
        return (await response.JsonAsync()).GetProperty("dailyStartBalance").GetDecimal();
    }

    /// <summary>Has the timers find nobody, so that it is the request that closes the day.</summary>
    private void ForgetSignIns()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataFolder, "trading.db")};Pooling=False");
        connection.Execute("UPDATE traders SET last_sign_in_at = 0");
    }

    /// <summary>Moves the clock to a timer's time, and waits until it has run.</summary>
    private async Task RunAsync(string timer, TimeSpan by)
    {
        await host.Clock.WaitForTimerAsync();
        var before = Finished(timer);
        host.Clock.Advance(by);
        await Eventually.TrueAsync(() => Finished(timer) == before + 1);
    }

    private long Finished(string timer) =>
        host.Query<long>($"SELECT COUNT(*) FROM cron_logs WHERE job_name = '{timer}' AND status <> 'started'").Single();

    private IReadOnlyList<string> Rows() => host.Query<string>(
        "SELECT user_date || ' ' || ends_at || ' ' || start_balance || ' ' || COALESCE(end_balance, '') || ' ' || COALESCE(daily_pnl, '') FROM daily_balances ORDER BY user_date");

    private static long Seconds(string instant) => DateTimeOffset.Parse(instant, null).ToUnixTimeSeconds();
}
