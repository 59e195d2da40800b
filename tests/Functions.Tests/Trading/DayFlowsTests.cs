using System.Text.Json;
using TraderHub.Testing;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>What a day has brought, told from what came in and went out (rule D5).</summary>
[Trait("Case", "M6")]
public sealed class DayFlowsTests : TradingTests
{
    private string session = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Exchange.Answer(Orders, "[]");
        Exchange.Answer(Portfolio, "[]");
        Exchange.Answer(Perps, PerpsOf("1000.0"));
        Exchange.Answer(Spot, NoSpot);
        session = await Host.SignInAsync(TestHost.Trader);
    }

    [Theory]
    [InlineData("{\"type\":\"deposit\",\"usdc\":\"900.0\"}", "900.0", 900, 0)]
    [InlineData("{\"type\":\"deposit\",\"usdc\":\"600.0\"}", "900.0", 600, 300)]
    [InlineData("{\"type\":\"spotTransfer\",\"token\":\"USDC\",\"amount\":\"900.0\",\"usdcValue\":\"900.0\",\"user\":\"0x00000000000000000000000000000000000000c3\",\"destination\":\"$\",\"fee\":\"1.0\"}", "900.0", 900, 0)]
    [InlineData("{\"type\":\"internalTransfer\",\"usdc\":\"900.0\",\"user\":\"$\",\"destination\":\"$\",\"fee\":\"0.0\"}", "900.0", 0, 900)]
    public async Task GetOverview_AfterMoneyArrived_TakesItOutOfTheDay(string delta, string arrived, int flows, int pnl)
    {
        await DayAsync();
        Arrive(arrived, delta);

        var day = await DayAsync();

        Assert.Equal((flows, pnl), (day.Number("netFlows"), day.Number("pnl")));
        Assert.Equal(((1000m + flows) / 10, pnl * 1000m / (1000 + flows)), (day.Number("targetAmount"), day.Number("progressPercentage")));
        Assert.Empty(day.Missing());
    }

    [Theory]
    [InlineData("""{"coin":"JUNK","token":999,"total":"500.0","hold":"0.0"}""", "\"token\":\"JUNK\",\"amount\":\"500.0\",\"usdcValue\":\"450.0\"", 0)]
    [InlineData("""{"coin":"HYPE","token":150,"total":"10.0","hold":"0.0"}""", "\"token\":\"HYPE\",\"amount\":\"10.0\",\"usdcValue\":\"0.0\"", 401)]
    public async Task GetOverview_AfterATokenArrived_CountsWhatTheBalanceCounts(string held, string delta, int flows)
    {
        Exchange.Answer(
            "spotMeta",
            """{"tokens":[{"name":"USDC","index":0},{"name":"HYPE","index":150},{"name":"JUNK","index":999}],"universe":[{"name":"@107","index":107,"tokens":[150,0]}]}""");
        await DayAsync();
        Exchange.Answer(Spot, $$"""{"balances":[{{held}}]}""");
        Exchange.Answer(Ledger, LedgerOf($$"""{"type":"spotTransfer",{{delta}},"user":"0x00000000000000000000000000000000000000c3","destination":"$"}"""));

        var day = await DayAsync();

        Assert.Equal((flows, 0m), (day.Number("netFlows"), day.Number("pnl")));
        Assert.Empty(day.Missing());
    }

    [Fact]
    public async Task GetOverview_WhileTheLedgerCannotBeRead_SaysThatTheDayCannotBeJudged()
    {
        await DayAsync();
        Arrive("900.0", null);

        var overview = await OverviewAsync();
        var day = overview.GetProperty("dailyBalance");

        Assert.Equal((null, null, null, null), (day.Number("netFlows"), day.Number("pnl"), day.Number("pnlPercentage"), day.Number("progressPercentage")));
        Assert.Equal(["ledger"], day.Missing());
        Assert.Contains("dailyBalance.ledger", overview.Missing());
        Assert.Contains("cannot be judged", await PageAsync(), StringComparison.Ordinal);

        Exchange.Answer(Ledger, LedgerOf("""{"type":"deposit","usdc":"900.0"}"""));
        Assert.Equal((900m, 0m), ((await DayAsync()).Number("netFlows"), (await DayAsync()).Number("pnl")));
    }

    [Theory]
    [InlineData("""{"type":"deployGasAuction","token":"JUNK","amount":"500.0"}""", "ledger:deployGasAuction")]
    [InlineData("""{"type":"somethingOfTomorrow","amount":{"many":1},"token":7}""", "ledger:somethingOfTomorrow")]
    [InlineData("""{"type":"deposit","usdc":{}}""", "ledger:deposit")]
    public async Task GetOverview_AfterARowThatSaysNothingToUs_NamesItsType(string delta, string missing)
    {
        await DayAsync();
        Arrive("900.0", delta);

        var day = await DayAsync();

        Assert.Null(day.Number("pnl"));
        Assert.Equal([missing], day.Missing());
    }

    [Fact]
    public async Task GetOverview_AfterTheSameAmountTwiceInOneTransaction_CountsBoth()
    {
        await DayAsync();
        Exchange.Answer(Spot, UsdcOf("900.0"));
        Exchange.Answer(Ledger, $"[{Row("""{"type":"deposit","usdc":"450.0"}""")},{Row("""{"type":"deposit","usdc":"450.0"}""")}]");

        Assert.Equal((900m, 0m), ((await DayAsync()).Number("netFlows"), (await DayAsync()).Number("pnl")));
    }

    [Fact]
    public async Task GetOverview_AsLongAsNothingMoves_DoesNotAskTheLedger()
    {
        await DayAsync();
        Exchange.Answer(Perps, PerpsOf("1000.0"));
        await DayAsync();
        Assert.DoesNotContain(Exchange.Requests, request => request.Contains(Ledger, StringComparison.Ordinal));

        Arrive("900.0", """{"type":"deposit","usdc":"900.0"}""");
        Host.Clock.Advance(TimeSpan.FromMinutes(3));
        await DayAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(3));
        await DayAsync();
        await DayAsync();
        Assert.Equal(2, Exchange.Requests.Count(request => request.Contains(Ledger, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GetBalance_OfADayThatWasClosed_DidNotReachItsTargetByADeposit_AndTheNextDayKeepsTheMoney()
    {
        await DayAsync();
        AdvanceToMidnight();
        Arrive("900.0", """{"type":"deposit","usdc":"900.0"}""");

        var next = await DayAsync();

        Assert.Equal((1900m, 0m, 0m), (next.Number("startBalance"), next.Number("netFlows"), next.Number("pnl")));
        Assert.Equal(
            ["2026-11-21 1900.0 0.0 900.0 0 -"],
            Host.Query<string>(
                "SELECT user_date || ' ' || end_balance || ' ' || daily_pnl || ' ' || net_transfers || ' ' || target_achieved || ' ' || COALESCE(missing, '-') FROM daily_balances WHERE end_balance IS NOT NULL"));
        Assert.Equal(["0 1"], Host.Query<string>("SELECT current_achievement_streak || ' ' || current_no_loss_streak FROM streak_data"));
    }

    [Fact]
    public async Task GetBalance_OfADayThatCannotBeJudged_BreaksAndFeedsNoStreak()
    {
        await DayAsync();
        AdvanceToMidnight();
        Arrive("900.0", null);

        await OverviewAsync();

        Assert.Equal(
            ["1900.0 null 0 ledger"],
            Host.Query<string>("SELECT end_balance || ' ' || COALESCE(daily_pnl, 'null') || ' ' || target_achieved || ' ' || missing FROM daily_balances WHERE end_balance IS NOT NULL"));
        Assert.Empty(Host.Query<long>("SELECT current_achievement_streak FROM streak_data WHERE last_update_date = '2026-11-21'"));
    }

    [Fact]
    public async Task GetOverview_OfADayWhoseBeginningNobodySaw_CannotBeJudged()
    {
        await DayAsync();
        AdvanceToMidnight();
        Host.Clock.Advance(TimeSpan.FromHours(3));

        var day = await DayAsync();

        Assert.Equal(("2026-11-22", null), (day.Text("date"), day.Number("pnl")));
        Assert.Equal(["startBalance"], day.Missing());
        Assert.Equal(["endBalance"], Host.Query<string>("SELECT missing FROM daily_balances WHERE end_balance IS NOT NULL"));
    }

    [Fact]
    public async Task CaptureSnapshots_OnceTheLedgerCanBeRead_JudgesTheDayThatWaitedForIt()
    {
        await DayAsync();
        AdvanceToMidnight();
        Arrive("900.0", null);
        await OverviewAsync();
        Arrive("900.0", """{"type":"deposit","usdc":"880.0"}""");
        Host.Execute($"UPDATE traders SET last_sign_in_at = {Host.Clock.GetUtcNow().ToUnixTimeSeconds()}", "trading");

        await Host.Clock.WaitForTimerAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(30));

        // The exchange's budget spreads a timer's questions over time.
        await Eventually.TrueAsync(() =>
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(5));
            return Host.Query<string>(
                "SELECT daily_pnl || ' ' || net_transfers || ' ' || COALESCE(missing, '-') FROM daily_balances WHERE end_balance IS NOT NULL").SequenceEqual(["20.0 880.0 -"]);
        });
        Assert.Equal(["2026-11-21 1"], Host.Query<string>("SELECT last_update_date || ' ' || current_no_loss_streak FROM streak_data"));
    }

    private void Arrive(string total, string? delta)
    {
        Exchange.Answer(Spot, UsdcOf(total));
        if (delta is null)
        {
            Exchange.Answer(Ledger, 500, "application/json", "null");
        }
        else
        {
            Exchange.Answer(Ledger, LedgerOf(delta));
        }
    }

    private string LedgerOf(string delta) => $"[{Row(delta)}]";

    private string Row(string delta) =>
        $$"""{"time":{{Host.Clock.GetUtcNow().ToUnixTimeMilliseconds()}},"hash":"0xab","delta":{{delta.Replace("$", TestHost.Trader.ToString(), StringComparison.Ordinal)}}}""";

    private void AdvanceToMidnight()
    {
        // The timers find nobody, so that it is the request that closes the day.
        Host.Execute("UPDATE traders SET last_sign_in_at = 0", "trading");
        Host.Clock.Advance(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero) - Host.Clock.GetUtcNow());
    }

    private async Task<JsonElement> DayAsync() => (await OverviewAsync()).GetProperty("dailyBalance");

    /// <summary>A second later than the last time: what was asked within a second is not asked again.</summary>
    private async Task<JsonElement> OverviewAsync()
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var response = await Host.SendAsync(HttpMethod.Get, "/api/overview", null, ("Authorization", $"Bearer {session}"));
        response.EnsureSuccessStatusCode();
        return await response.JsonAsync();
    }

    private async Task<string> PageAsync() =>
        await (await Host.SendAsync(HttpMethod.Get, "/", null, ("Cookie", $"hyper-trader-session={session}"))).Content.ReadAsStringAsync();
}
