using System.Net;
using System.Text.Json;
using TraderHub.Core.Trading;

namespace TraderHub.Functions.Tests.Trading;

public sealed class TradingStatusTests : IAsyncLifetime
{
    private const string Path = "/api/trading-status";

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task GetTradingStatus_OfAnybody_IsNeutralForEver() => Assert.Equal(
        """{"state":"neutral","currentUserTime":"09:40","className":"text-gray-600 dark:text-gray-400","emoji":"⏰","text":"Neutral Time","currentPositionPercent":40.2778,"periods":[],"nextChangeAt":null,"at":"2026-11-21T09:40:00.000Z","timezone":{"offset":0,"name":"UTC","source":"default"}}""",
        await host.Http.GetStringAsync(Path));

    [Fact]
    public async Task GetTradingStatus_OfAnybody_IsInTheZoneOfTheCookie()
    {
        var status = await GetAsync(Path, ("Cookie", """timezone={"offset":5.75}"""));

        Assert.Equal("15:25", status.GetProperty("currentUserTime").GetString());
        Assert.Equal("cookie", status.GetProperty("timezone").GetProperty("source").GetString());
    }

    [Fact]
    public async Task GetTradingStatus_OfATrader_IsTheTradersPlanInTheTradersZone()
    {
        var session = await PlanAsync();

        var status = await GetAsync(Path, session, ("Cookie", """timezone={"offset":-8}"""));

        Assert.Equal("10:40", status.GetProperty("currentUserTime").GetString());
        Assert.Equal("stored", status.GetProperty("timezone").GetProperty("source").GetString());
        Assert.Equal("✅", status.GetProperty("emoji").GetString());
        Assert.Equal("Optimal Trading Time", status.GetProperty("text").GetString());
        Assert.Equal("text-green-600 dark:text-green-400", status.GetProperty("className").GetString());
        Assert.Equal("2026-11-21T11:00:00.000Z", status.GetProperty("nextChangeAt").GetString());
        Assert.Equal(
            """
            [{"id":"22:00-06:00-1","kind":"avoided","label":"Night","start":"22:00","end":"06:00","className":"absolute h-full bg-red-500/30","leftPercent":91.6667,"widthPercent":8.3333},
            {"id":"22:00-06:00-2","kind":"avoided","label":"Night","start":"22:00","end":"06:00","className":"absolute h-full bg-red-500/30","leftPercent":0,"widthPercent":25},
            {"id":"12:00-12:30","kind":"avoided","label":"Avoid","start":"12:00","end":"12:30","className":"absolute h-full bg-red-500/30","leftPercent":50,"widthPercent":2.0833},
            {"id":"09:00-17:00","kind":"preferred","label":"Preferred","start":"09:00","end":"17:00","className":"absolute h-full bg-green-500/30","leftPercent":37.5,"widthPercent":33.3333}]
            """.ReplaceLineEndings(string.Empty),
            status.GetProperty("periods").GetRawText());
    }

    [Theory]
    [InlineData("2026-11-21T11:30:59Z", "avoided", "🚫", "Avoid Trading", "2026-11-21T11:31:00.000Z")]
    [InlineData("2026-11-21T23:00:00Z", "avoided", "🚫", "Avoid Trading", "2026-11-22T05:01:00.000Z")]
    [InlineData("2026-11-21T17:00:00.5Z", "neutral", "⏰", "Neutral Time", "2026-11-21T21:00:00.000Z")]
    [InlineData("2026-03-28T22:00:00Z", "avoided", "🚫", "Avoid Trading", "2026-03-29T04:01:00.000Z")] // A night of 23 hours: 06:01 is 04:01 in UTC.
    public async Task GetTradingStatus_AtAnotherMoment_IsThatMoments(string at, string state, string emoji, string text, string nextChangeAt)
    {
        var status = await GetAsync($"{Path}?at={at}", await PlanAsync());

        Assert.Equal(
            [state, emoji, text, nextChangeAt], new[] { "state", "emoji", "text", "nextChangeAt" }.Select(field => status.GetProperty(field).GetString()));
    }

    [Theory]
    [InlineData("?at=tomorrow", "at")]
    [InlineData("?at=1969-12-31T23:59:59Z", "at")]
    [InlineData("?at=9999-12-31T23:59:59Z", "at")]
    [InlineData("?at=2026-11-21T09:40:00Z&zone=x", "zone")]
    public async Task GetTradingStatus_AMomentThatIsNone_IsRefused(string query, string field)
    {
        var response = await host.Http.GetAsync($"{Path}{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([field], (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task GetTradingStatus_OfAnotherTrader_IsAnotherPlan()
    {
        await PlanAsync();
        var other = await host.SignInAsync(WalletAddress.Parse("0x00000000000000000000000000000000000000b2"));

        Assert.Empty((await GetAsync(Path, ("Authorization", $"Bearer {other}"))).GetProperty("periods").EnumerateArray());
    }

    private async Task<(string Name, string Value)> PlanAsync()
    {
        var session = ("Authorization", $"Bearer {await host.SignInAsync(TestHost.Trader)}");
        const string Plan = """
            {"timezone":{"zoneId":"Europe/Berlin"},"advancedSettings":{"preferredTradingTimes":[{"start":"09:00","end":"17:00","label":""}],
             "avoidedTradingTimes":[{"start":"22:00","end":"06:00","label":"Night"},{"start":"12:00","end":"12:30"}]}}
            """;
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Patch, "/api/settings", Plan, session)).StatusCode);
        return session;
    }

    private async Task<JsonElement> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var response = await host.SendAsync(HttpMethod.Get, path, null, headers);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }
}
