using System.Text.Json;
using TraderHub.Testing;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>Money that went to an exchange of perpetuals where the trader had nothing: it is not lost (rule B6).</summary>
[Trait("Case", "M6")]
[Trait("Case", "M10")]
public sealed class NewDexTests : TradingTests
{
    private const string Other = "0x00000000000000000000000000000000000000c3";

    private string session = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Exchange.Answer(Orders, "[]");
        Exchange.Answer(Portfolio, "[]");
        Exchange.Answer(Spot, NoSpot);
        Exchange.Answer("perpDexs", """[null,{"name":"xyz","fullName":"XYZ"}]""");
        Exchange.AnswerByDex(Perps, PerpsOf("1000.0"), NoPerps);
        session = await Host.SignInAsync(TestHost.Trader);
        await OverviewAsync();
    }

    [Theory]
    [InlineData("$", "400.0", 0, "1000.0", 0)]
    [InlineData(Other, "1000.0", 11, "1600.0", 600)]
    public async Task GetOverview_AfterMoneyWentToADexWhereNothingWas_HasIt(string from, string left, int minutes, string total, int flows)
    {
        MoveToAnotherDex(from, left);
        Host.Clock.Advance(TimeSpan.FromMinutes(minutes));

        var overview = await OverviewAsync();
        var day = overview.GetProperty("dailyBalance");

        Assert.Equal(total, overview.GetProperty("balance").Text("total"));
        Assert.Equal((flows, 0m), (day.Number("netFlows"), day.Number("pnl")));
        Assert.Empty(overview.Missing());
    }

    [Fact]
    public async Task GetBalance_AfterMoneyWentToADexWhereNothingWas_HasItAtOnce_AndAsksTheOthersOnce()
    {
        MoveToAnotherDex("$", "400.0");

        for (var i = 0; i < 3; i++)
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(19));
            Assert.Equal("1000.0", (await AnswerAsync("/api/balance")).Text("total"));
        }

        // At first, when the ledger named it, and then as one that is used.
        Assert.Equal(4, Exchange.Requests.Count(request => request.Contains(Perps, StringComparison.Ordinal) && request.Contains("xyz", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GetOverview_WhereTheDexThatMoneyWentToCannotBeRead_KnowsNoTotalAndNoLoss()
    {
        MoveToAnotherDex("$", "400.0");
        Exchange.Answer(Perps, async http =>
        {
            http.Response.StatusCode = UpstreamDouble.QuestionOf(http).Contains("\"dex\"", StringComparison.Ordinal) ? 500 : 200;
            http.Response.ContentType = "application/json";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, PerpsOf("400.0"));
        });

        var overview = await OverviewAsync();

        Assert.Equal((null, null), (overview.GetProperty("dailyBalance").Number("pnl"), overview.GetProperty("balance").Text("total")));
        Assert.Equal(["balance.dexes", "balance.total"], overview.Missing());
    }

    [Theory]
    [InlineData("$", "400.0", "1000.0 0.0 0.0")]
    [InlineData(Other, "1000.0", "1600.0 0.0 600.0")]
    public async Task CaptureSnapshots_OfADayInWhichMoneyWentToADexWhereNothingWas_ClosesItWithThatMoney(string from, string after, string closed)
    {
        Host.Clock.Advance(new DateTimeOffset(2026, 11, 21, 23, 50, 0, TimeSpan.Zero) - Host.Clock.GetUtcNow());
        MoveToAnotherDex(from, after);
        Host.Execute($"UPDATE traders SET last_sign_in_at = {Host.Clock.GetUtcNow().ToUnixTimeSeconds()}", "trading");

        await Host.Clock.WaitForTimerAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(10));

        await Eventually.TrueAsync(() =>
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(5));
            return Host.Query<string>("SELECT end_balance || ' ' || daily_pnl || ' ' || net_transfers FROM daily_balances WHERE end_balance IS NOT NULL").SequenceEqual([closed]);
        });
    }

    /// <summary>To the account on the other exchange, which did not have any.</summary>
    private void MoveToAnotherDex(string from, string left)
    {
        Exchange.AnswerByDex(Perps, PerpsOf(left), PerpsOf("600.0"));
        Exchange.Answer(
            Ledger,
            $$$"""
            [{"time":{{{Host.Clock.GetUtcNow().ToUnixTimeMilliseconds()}}},"hash":"0xab","delta":{"type":"send","user":"{{{from.Replace("$", TestHost.Trader.ToString(), StringComparison.Ordinal)}}}",
              "destination":"{{{TestHost.Trader}}}","sourceDex":"","destinationDex":"xyz","token":"USDC","amount":"600.0","usdcValue":"600.0"}}]
            """);
    }

    private Task<JsonElement> OverviewAsync() => AnswerAsync("/api/overview");

    /// <summary>A second later than the last time: what was asked within a second is not asked again.</summary>
    private async Task<JsonElement> AnswerAsync(string path)
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var response = await Host.SendAsync(HttpMethod.Get, path, null, ("Authorization", $"Bearer {session}"));
        response.EnsureSuccessStatusCode();
        return await response.JsonAsync();
    }
}
