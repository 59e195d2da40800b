using System.Net;
using System.Text;
using System.Text.Json;

namespace TraderHub.Functions.Tests.Trading;

public sealed class TimeTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task GetTime_WithoutAnyHint_IsUtc() => Assert.Equal(
        """{"serverTime":"2026-11-21T09:40:00.000Z","timestamp":1795254000000,"localTime":"2026-11-21T09:40:00.000+00:00","localDate":"2026-11-21","nextLocalMidnight":"2026-11-22T00:00:00.000Z","timezone":{"offset":0,"name":"UTC","source":"default"}}""",
        await host.Http.GetStringAsync("/api/time"));

    [Theory]
    [InlineData("""timezone={"offset":-12,"name":"far west"}""", "2026-11-20T21:40:00.000-12:00", "2026-11-21T12:00:00.000Z")]
    [InlineData("timezone=%7B%22offset%22%3A5.75%7D", "2026-11-21T15:25:00.000+05:45", "2026-11-21T18:15:00.000Z")]
    [InlineData("""other=1; timezone={"offset":14,"name":"UTC+14"}; more=2""", "2026-11-21T23:40:00.000+14:00", "2026-11-21T10:00:00.000Z")]
    [InlineData("""timezone={"offset":3,"zoneId":"America/New_York"}""", "2026-11-21T04:40:00.000-05:00", "2026-11-22T05:00:00.000Z")]
    public async Task GetTime_WithACookie_RawOrEncoded_IsTheTimeThere(string cookie, string localTime, string nextMidnight)
    {
        var answer = await GetTimeAsync(("Cookie", cookie));

        Assert.Equal(localTime, answer.GetProperty("localTime").GetString());
        Assert.Equal(nextMidnight, answer.GetProperty("nextLocalMidnight").GetString());
        Assert.Equal("cookie", answer.GetProperty("timezone").GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("timezone=")]
    [InlineData("timezone=nonsense")]
    [InlineData("timezone={}")]
    [InlineData("timezone=null")]
    [InlineData("""timezone={"offset":99}""")]
    [InlineData("""timezone={"offset":"x"}""")]
    [InlineData("""timezone={"zoneId":"Mars/Olympus"}""")]
    [InlineData("timezone=%ZZ")]
    public async Task GetTime_ACookieThatSaysNothing_IsIgnored(string cookie) =>
        Assert.Equal("default", (await GetTimeAsync(("Cookie", cookie))).GetProperty("timezone").GetProperty("source").GetString());

    [Theory]
    [InlineData("fr;q=0.5, de-DE;q=0.9, en-US;q=0.8", "Europe/Berlin")]
    [InlineData("zh-Hans-CN", "Asia/Shanghai")]
    public async Task GetTime_WithALanguageOfACountry_GuessesAZoneAndSaysSo(string languages, string zone)
    {
        var timezone = (await GetTimeAsync(("Accept-Language", languages))).GetProperty("timezone");

        Assert.Equal(zone, timezone.GetProperty("zoneId").GetString());
        Assert.Equal("language", timezone.GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("de")]
    [InlineData("xx-YY")]
    [InlineData(";;;q=a")]
    public async Task GetTime_WithALanguageOfNoCountry_IsUtc(string languages) =>
        Assert.Equal("default", (await GetTimeAsync(("Accept-Language", languages))).GetProperty("timezone").GetProperty("source").GetString());

    [Fact]
    public async Task SetTimezone_TheCookieItSets_IsUnderstoodByTheNextRequest()
    {
        var response = await host.SendAsync(HttpMethod.Post, "/api/timezone", """{"zoneId":"Europe/Berlin","autoDetect":true}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("max-age=31536000; path=/; samesite=lax", cookie, StringComparison.Ordinal);
        var answer = await GetTimeAsync(("Cookie", cookie.Split(';')[0]));
        Assert.Equal("Europe/Berlin", answer.GetProperty("timezone").GetProperty("zoneId").GetString());
        Assert.Equal("2026-11-21T10:40:00.000+01:00", answer.GetProperty("localTime").GetString());
    }

    [Fact]
    public async Task SetTimezone_AsAForm_IsTheSame()
    {
        var response = await host.Http.PostAsync("/api/timezone", Form("offset=5.5&name=India&autoDetect=true&zoneId="));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """{"success":true,"timezone":{"offset":5.5,"name":"India","source":"cookie"}}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{}", "offset")]
    [InlineData("""{"offset":15}""", "offset")]
    [InlineData("""{"offset":5.6}""", "offset")]
    [InlineData("""{"zoneId":"Mars/Olympus","offset":-13}""", "offset,zoneId")]
    [InlineData("""{"offset":1,"name":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""", "name")]
    [InlineData("""{"offset":"5","tz":1}""", "offset,tz")]
    public async Task SetTimezone_WhatIsNoZone_IsRefusedFieldByField(string body, string fields)
    {
        var response = await host.SendAsync(HttpMethod.Post, "/api/timezone", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields.Split(','), (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name));
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task SetTimezone_AFormWithAWrongNumber_SaysWhichField()
    {
        var response = await host.Http.PostAsync("/api/timezone", Form("offset=abc"));

        Assert.Equal("must be a number.", (await response.JsonAsync()).GetProperty("errors").GetProperty("offset")[0].GetString());
    }

    private static StringContent Form(string fields) => new(fields, Encoding.UTF8, "application/x-www-form-urlencoded");

    private async Task<JsonElement> GetTimeAsync((string Name, string Value) header) =>
        await (await host.SendAsync(HttpMethod.Get, "/api/time", null, header)).JsonAsync();
}
