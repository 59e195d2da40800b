using System.Net;
using System.Text.Json;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

public sealed class OverviewTests : TradingTests
{
    [Fact]
    public async Task GetOverview_IsEverythingThatATraderSeesFirst()
    {
        await GetAsync();
        Exchange.Answer(Spot, """{"balances":[{"coin":"USDC","token":0,"total":"154.5","hold":"0.0"}]}""");
        Host.Clock.Advance(TimeSpan.FromSeconds(1));

        var overview = await (await GetAsync()).JsonAsync();

        Assert.Equal("2026-11-21T09:40:01.000Z", overview.GetProperty("serverTime").GetString());
        Assert.Equal(0m, overview.GetProperty("timezoneOffset").GetDecimal());
        Assert.Equal(10m, overview.GetProperty("settings").GetProperty("dailyTarget").GetProperty("targetPercentage").GetDecimal());
        Assert.Equal("neutral", overview.GetProperty("tradingStatus").GetProperty("state").GetString());
        Assert.Equal("1155.00", overview.GetProperty("balance").GetProperty("total").GetString());
        Assert.Equal(
            """{"date":"2026-11-21","startBalance":1100,"startAsOf":"2026-11-21T09:40:00.000Z","endsAt":"2026-11-22T00:00:00.000Z","pnl":55,"pnlPercentage":5,"targetAmount":110,"progressPercentage":50,"netFlows":0,"missing":[]}""",
            overview.GetProperty("dailyBalance").GetRawText());
        Assert.Equal(0, overview.GetProperty("streak").GetProperty("currentStreak").GetInt32());
        Assert.False(overview.GetProperty("partial").GetBoolean());
    }

    [Fact]
    public async Task GetOverview_WithTheExchangeDown_StillAnswersWhatIsStored()
    {
        await GetAsync();
        Exchange.Answer(Perps, 502, "text/html", "<html></html>");
        Host.Clock.Advance(TimeSpan.FromSeconds(1));

        var response = await GetAsync();
        var overview = await response.JsonAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["balance"], overview.GetProperty("missing").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(JsonValueKind.Null, overview.GetProperty("balance").ValueKind);
        Assert.Contains("Hyperliquid", overview.GetProperty("failure").GetString(), StringComparison.Ordinal);
        Assert.Equal(1100.0m, overview.GetProperty("dailyBalance").GetProperty("startBalance").GetDecimal());
        Assert.Equal(JsonValueKind.Null, overview.GetProperty("dailyBalance").GetProperty("pnl").ValueKind);
    }

    [Fact]
    public async Task GetOverview_WithAPartMissing_NamesThePart()
    {
        Exchange.Answer(Spot, 500, "application/json", "null");

        var overview = await (await GetAsync()).JsonAsync();

        Assert.Equal(["balance.spot", "balance.total"], overview.GetProperty("missing").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(JsonValueKind.Null, overview.GetProperty("dailyBalance").ValueKind);
    }

    private async Task<HttpResponseMessage> GetAsync() => await Host.SendAsync(
        HttpMethod.Get, "/api/overview", null, ("Authorization", $"Bearer {await Host.SignInAsync(TestHost.Trader)}"));
}
