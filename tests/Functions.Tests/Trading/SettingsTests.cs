using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Trading;
using TraderHub.Data.Trading;

namespace TraderHub.Functions.Tests.Trading;

public sealed class SettingsTests : IAsyncLifetime
{
    private const string Path = "/api/settings";

    private const string Defaults =
        """{"dailyTarget":{"targetPercentage":10,"minimumTrades":2,"fixedLeverageRatio":10,"fixedSLPercentage":2},"advancedSettings":{"takerFee":0.045,"makerFee":0.015,"streakThreshold":90,"lossThreshold":30,"preferredTradingTimes":[],"avoidedTradingTimes":[],"leverageMap":{"ETH":25,"BTC":40,"SOL":15,"kPEPE":0.5},"defaultLeverage":10,"defaultLongCrypto":"ETH","defaultShortCrypto":"BTC"},"timezone":{"offset":0,"name":"UTC","source":"default"},"version":0,"updatedAt":null}""";

    private TestHost host = null!;
    private string token = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync();
        token = await host.SignInAsync(TestHost.Trader);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task GetSettings_OfATraderWhoHasChosenNothing_AreTheDefaults()
    {
        var response = await SendAsync(HttpMethod.Get);

        Assert.Equal(Defaults, await response.Content.ReadAsStringAsync());
        Assert.Equal("\"0\"", response.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task GetSettings_WithTheCurrentVersion_Is304()
    {
        await ChangeAsync("""{"dailyTarget":{"targetPercentage":5}}""");

        Assert.Equal(HttpStatusCode.NotModified, (await SendAsync(HttpMethod.Get, null, ("If-None-Match", "\"1\""))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, null, ("If-None-Match", "\"0\""))).StatusCode);
    }

    [Fact]
    public async Task ReplaceSettings_WithWhatWasRead_ChangesNothingButTheVersion()
    {
        var response = await SendAsync(HttpMethod.Put, Defaults);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"1\"", response.Headers.ETag!.ToString());
        var expected = Defaults.Replace("\"version\":0,\"updatedAt\":null", "\"version\":1,\"updatedAt\":\"2026-11-21T09:40:00.000Z\"", StringComparison.Ordinal);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        Assert.Equal(expected, await (await SendAsync(HttpMethod.Get)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ReplaceSettings_WhatIsLeftOut_IsTheDefaultAgain()
    {
        await ChangeAsync("""{"dailyTarget":{"targetPercentage":5,"minimumTrades":7},"timezone":{"offset":2}}""");

        var replaced = await (await SendAsync(HttpMethod.Put, """{"dailyTarget":{"minimumTrades":4}}""")).JsonAsync();

        Assert.Equal(4, replaced.GetProperty("dailyTarget").GetProperty("minimumTrades").GetInt32());
        Assert.Equal(10, replaced.GetProperty("dailyTarget").GetProperty("targetPercentage").GetInt32());
        Assert.Equal("default", replaced.GetProperty("timezone").GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("PATCH", "application/merge-patch+json")]
    [InlineData("PATCH", "application/json")]
    [InlineData("POST", "application/json")]
    public async Task ChangeSettings_ChangesWhatIsSentAndNothingElse(string method, string mediaType)
    {
        await ChangeAsync("""{"advancedSettings":{"takerFee":0.03,"makerFee":0.01}}""");
        const string Patch =
            """{"dailyTarget":{"targetPercentage":2.5},"advancedSettings":{"takerFee":null,"leverageMap":{"ETH":null,"DOGE":5,"kPEPE":0.7},"avoidedTradingTimes":[{"start":"22:00","end":"06:00","label":"Night"}]}}""";

        var response = await SendAsync(new HttpMethod(method), new StringContent(Patch, Encoding.UTF8, mediaType));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var expected = Defaults
            .Replace("\"targetPercentage\":10,", "\"targetPercentage\":2.5,", StringComparison.Ordinal)
            .Replace("\"makerFee\":0.015", "\"makerFee\":0.01", StringComparison.Ordinal)
            .Replace("\"avoidedTradingTimes\":[]", "\"avoidedTradingTimes\":[{\"start\":\"22:00\",\"end\":\"06:00\",\"label\":\"Night\"}]", StringComparison.Ordinal)
            .Replace("{\"ETH\":25,\"BTC\":40,\"SOL\":15,\"kPEPE\":0.5}", "{\"BTC\":40,\"SOL\":15,\"DOGE\":5,\"kPEPE\":0.7}", StringComparison.Ordinal)
            .Replace("\"version\":0,\"updatedAt\":null", "\"version\":2,\"updatedAt\":\"2026-11-21T09:40:00.000Z\"", StringComparison.Ordinal);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        Assert.Equal(expected, await (await SendAsync(HttpMethod.Get)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ChangeSettings_AsAFormWhoseFieldsAreJson_IsTheSame()
    {
        var form = new StringContent(
            $"dailyTarget={Uri.EscapeDataString("""{"targetPercentage":3}""")}", Encoding.UTF8, "application/x-www-form-urlencoded");

        var changed = await (await SendAsync(HttpMethod.Post, form)).JsonAsync();

        Assert.Equal(3, changed.GetProperty("dailyTarget").GetProperty("targetPercentage").GetInt32());
        var broken = await SendAsync(HttpMethod.Post, new StringContent("dailyTarget=3%7B", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(["dailyTarget"], await FieldsOfAsync(broken));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("POST")]
    public async Task ChangeSettings_EverythingThatIsWrong_IsInOneAnswer_AndNothingIsStored(string method)
    {
        const string Body = """
            {"colour":1,"dailyTarget":{"targetPercentage":-1,"minimumTrades":2.5,"goal":3},
             "advancedSettings":{"takerFee":"0.1","lossThreshold":5,"leverageMap":{"BTC":101,"ETH":"much","a b":5},"defaultLongCrypto":"",
             "preferredTradingTimes":[{"start":"9","end":"24:00","colour":"red"},7,{"end":"10:00"},{"start":5,"end":"10:00"}],"avoidedTradingTimes":{}},
             "timezone":{"offset":5.6,"zoneId":"Mars/Olympus"}}
            """;

        var response = await SendAsync(new HttpMethod(method), Body);

        Assert.Equal(
            [
                "advancedSettings.avoidedTradingTimes",
                "advancedSettings.defaultLongCrypto",
                "advancedSettings.leverageMap",
                "advancedSettings.leverageMap.BTC",
                "advancedSettings.leverageMap.ETH",
                "advancedSettings.lossThreshold",
                "advancedSettings.preferredTradingTimes[0].colour",
                "advancedSettings.preferredTradingTimes[0].end",
                "advancedSettings.preferredTradingTimes[0].start",
                "advancedSettings.preferredTradingTimes[1]",
                "advancedSettings.preferredTradingTimes[2].start",
                "advancedSettings.preferredTradingTimes[3].start",
                "advancedSettings.takerFee",
                "colour",
                "dailyTarget.goal",
                "dailyTarget.minimumTrades",
                "dailyTarget.targetPercentage",
                "timezone.offset",
                "timezone.zoneId",
            ],
            await FieldsOfAsync(response));
        Assert.Equal(Defaults, await (await SendAsync(HttpMethod.Get)).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    public async Task ChangeSettings_WhatIsNoObject_IsRefused(string body) =>
        Assert.Equal(["body"], await FieldsOfAsync(await SendAsync(HttpMethod.Patch, body)));

    [Fact]
    public async Task ChangeSettings_ManyAtOnce_AreAllApplied()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            SendAsync(HttpMethod.Patch, $$$$"""{"advancedSettings":{"leverageMap":{"C{{{{number}}}}":5}}}""")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var settings = await (await SendAsync(HttpMethod.Get)).JsonAsync();
        Assert.Equal(20, settings.GetProperty("version").GetInt32());
        Assert.Equal(24, settings.GetProperty("advancedSettings").GetProperty("leverageMap").EnumerateObject().Count());
    }

    [Fact]
    public async Task ChangeSettings_OfDifferentFieldsAtOnce_LosesNone()
    {
        for (var round = 1; round <= 10; round++)
        {
            var answers = await Task.WhenAll(
                SendAsync(HttpMethod.Patch, $$$"""{"dailyTarget":{"targetPercentage":{{{round}}}}}"""),
                SendAsync(HttpMethod.Patch, $$$"""{"advancedSettings":{"defaultLeverage":{{{round}}}}}"""));

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
            var settings = await (await SendAsync(HttpMethod.Get)).JsonAsync();
            Assert.Equal(round, settings.GetProperty("dailyTarget").GetProperty("targetPercentage").GetInt32());
            Assert.Equal(round, settings.GetProperty("advancedSettings").GetProperty("defaultLeverage").GetInt32());
        }
    }

    [Fact]
    public async Task ChangeSettings_ManyAtOnceThatRestOnTheSameVersion_OneIsApplied()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            SendAsync(HttpMethod.Patch, $$$$"""{"advancedSettings":{"leverageMap":{"C{{{{number}}}}":5}}}""", ("If-Match", "\"0\""))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        Assert.Equal("VERSION_STALE", await answers.First(answer => answer.StatusCode != HttpStatusCode.OK).ProblemCodeAsync());
    }

    [Theory]
    [InlineData("PUT", "\"0\"", 200)]
    [InlineData("PUT", "*", 200)]
    [InlineData("PUT", "\"1\"", 412)]
    [InlineData("PATCH", "\"7\", \"0\"", 200)]
    [InlineData("PATCH", "W/\"0\"", 200)]
    [InlineData("PATCH", "0", 400)]
    public async Task ChangeSettings_TheFirstTime_RestsOnTheDefaultsThatWereRead(string method, string ifMatch, int status) =>
        Assert.Equal(status, (int)(await SendAsync(new HttpMethod(method), "{}", ("If-Match", ifMatch))).StatusCode);

    [Theory]
    [InlineData("""{"offset":5.5}""", """{"offset":5.5,"name":"UTC+5:30","source":"stored"}""")]
    [InlineData("""{"offset":-3,"name":"Home"}""", """{"offset":-3,"name":"Home","source":"stored"}""")]
    [InlineData("""{"zoneId":"Asia/Tokyo"}""", """{"offset":9,"name":"Asia/Tokyo","zoneId":"Asia/Tokyo","source":"stored"}""")]
    [InlineData("null", """{"offset":0,"name":"UTC","source":"default"}""")]
    public async Task ChangeSettings_OfTheZone_ReplacesItAsAWhole(string zone, string expected)
    {
        await ChangeAsync("""{"timezone":{"zoneId":"Europe/Berlin"}}""");

        var changed = await ChangeAsync($$"""{"timezone":{{zone}}}""");

        Assert.Equal(expected, changed.GetProperty("timezone").GetRawText());
    }

    [Fact]
    public async Task ATraderWithoutSession_OrWithACookieAlone_ChangesNothing()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(HttpMethod.Get, Path)).StatusCode);
        var byCookie = await host.SendAsync(HttpMethod.Patch, Path, "{}", ("Cookie", $"hyper-trader-session={token}"));
        Assert.Equal("CSRF_HEADER_REQUIRED", await byCookie.ProblemCodeAsync());
    }

    [Fact]
    public async Task ATraderChangesNobodyElsesSettings()
    {
        var other = await host.SignInAsync(WalletAddress.Parse("0x00000000000000000000000000000000000000b2"));
        await ChangeAsync("""{"dailyTarget":{"targetPercentage":5}}""");

        var read = await host.SendAsync(HttpMethod.Get, Path, null, ("Authorization", $"Bearer {other}"));

        Assert.Equal(Defaults, await read.Content.ReadAsStringAsync());
        await host.SendAsync(HttpMethod.Put, Path, "{}", ("Authorization", $"Bearer {other}"));
        Assert.Equal(5, (await (await SendAsync(HttpMethod.Get)).JsonAsync()).GetProperty("dailyTarget").GetProperty("targetPercentage").GetInt32());
    }

    [Fact]
    public async Task SettingsThatCannotBeRead_AreAProblemWithAName_AndStayAsTheyAre()
    {
        await ChangeAsync("{}");
        await host.Services.GetRequiredService<TradingDatabase>().ExecuteAsync("UPDATE user_settings SET advanced_settings = '{'", null, CancellationToken.None);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Patch })
        {
            var response = await SendAsync(method, method == HttpMethod.Get ? null : "{}");

            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            Assert.Equal("STORED_DATA_UNREADABLE", await response.ProblemCodeAsync());
            Assert.Contains("advanced settings", (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(["{"], host.Query<string>("SELECT advanced_settings FROM user_settings"));
        Assert.Contains(host.Log.Lines, line => line.Contains("user_settings.advanced_settings", StringComparison.Ordinal));
    }

    private static async Task<string[]> FieldsOfAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal).ToArray();
    }

    private async Task<JsonElement> ChangeAsync(string patch)
    {
        var response = await SendAsync(HttpMethod.Patch, patch);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string? body = null, params (string Name, string Value)[] headers) =>
        host.SendAsync(method, Path, body, [("Authorization", $"Bearer {token}"), .. headers]);

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, HttpContent content)
    {
        var request = new HttpRequestMessage(method, Path) { Content = content };
        request.Headers.Authorization = new("Bearer", token);
        return host.Http.SendAsync(request);
    }
}
