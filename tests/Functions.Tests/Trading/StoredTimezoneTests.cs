using System.Net;

namespace TraderHub.Functions.Tests.Trading;

public sealed class StoredTimezoneTests : IAsyncLifetime
{
    private TestHost host = null!;
    private string token = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync();
        token = await host.SignInAsync(TestHost.Trader);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task SetTimezone_OfATrader_IsStored_AndWinsOverEveryCookie()
    {
        var response = await host.SendAsync(HttpMethod.Post, "/api/timezone", """{"zoneId":"Asia/Tokyo"}""", Bearer);

        Assert.Equal(
            """{"success":true,"timezone":{"offset":9,"name":"Asia/Tokyo","zoneId":"Asia/Tokyo","source":"stored"}}""", await response.Content.ReadAsStringAsync());
        Assert.StartsWith("timezone=", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal(("Asia/Tokyo", "stored"), await ZoneAsync(Bearer, ("Cookie", """timezone={"offset":-8}""")));
        Assert.Equal(("UTC-8", "cookie"), await ZoneAsync(("Cookie", """timezone={"offset":-8}""")));
    }

    [Fact]
    public async Task GetTime_OfATraderWithoutAStoredZone_GoesByTheCookieAndTheLanguage()
    {
        Assert.Equal(("UTC-8", "cookie"), await ZoneAsync(Bearer, ("Cookie", """timezone={"offset":-8}""")));
        Assert.Equal(("Europe/Berlin", "language"), await ZoneAsync(Bearer, ("Accept-Language", "de-DE")));
        Assert.Equal(("UTC", "default"), await ZoneAsync(Bearer));
    }

    [Fact]
    public async Task SetTimezone_OfATrader_LeavesTheOtherSettingsAsTheyAre()
    {
        await host.SendAsync(HttpMethod.Patch, "/api/settings", """{"dailyTarget":{"targetPercentage":3}}""", Bearer);

        await host.SendAsync(HttpMethod.Post, "/api/timezone", """{"offset":5.5,"name":"India"}""", Bearer);

        var settings = await (await host.SendAsync(HttpMethod.Get, "/api/settings", null, Bearer)).JsonAsync();
        Assert.Equal(3, settings.GetProperty("dailyTarget").GetProperty("targetPercentage").GetInt32());
        Assert.Equal("""{"offset":5.5,"name":"India","source":"stored"}""", settings.GetProperty("timezone").GetRawText());
    }

    [Fact]
    public async Task SetTimezone_WhatIsNoZone_IsNotStored()
    {
        var response = await host.SendAsync(HttpMethod.Post, "/api/timezone", """{"offset":15}""", Bearer);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(("UTC", "default"), await ZoneAsync(Bearer));
    }

    [Fact]
    public async Task SetTimezone_WithTheSessionCookieAlone_NeedsTheHeaderOfOurPages()
    {
        var cookie = ("Cookie", $"hyper-trader-session={token}");

        var foreign = await host.SendAsync(HttpMethod.Post, "/api/timezone", """{"offset":5.5}""", cookie);
        Assert.Equal("CSRF_HEADER_REQUIRED", await foreign.ProblemCodeAsync());
        Assert.Empty(host.Query<string>("SELECT user_address FROM user_settings"));

        var own = await host.SendAsync(HttpMethod.Post, "/api/timezone", """{"offset":5.5}""", cookie, ("X-Requested-With", "fetch"));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(("UTC+5:30", "stored"), await ZoneAsync(cookie));
    }

    [Fact]
    public async Task ACookieOfASessionThatHasEnded_IsNobodys_AndATokenIsRefused()
    {
        Assert.Equal(("UTC", "default"), await ZoneAsync(("Cookie", "hyper-trader-session=ended")));

        var response = await host.SendAsync(HttpMethod.Get, "/api/time", null, ("Authorization", "Bearer ended"));

        Assert.Equal("SESSION_NOT_VALID", await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task AnOperator_HasNoStoredZone() =>
        Assert.Equal(("UTC", "default"), await ZoneAsync(("Authorization", $"Bearer {TestHost.AdminToken}")));

    private (string Name, string Value) Bearer => ("Authorization", $"Bearer {token}");

    private async Task<(string? Name, string? Source)> ZoneAsync(params (string Name, string Value)[] headers)
    {
        var timezone = (await (await host.SendAsync(HttpMethod.Get, "/api/time", null, headers)).JsonAsync()).GetProperty("timezone");
        return (timezone.GetProperty("name").GetString(), timezone.GetProperty("source").GetString());
    }
}
