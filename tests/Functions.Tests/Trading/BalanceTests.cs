using System.Net;
using System.Text.Json;
using TraderHub.Core.Trading;
using TraderHub.Testing;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

public sealed class BalanceTests : IAsyncLifetime
{
    private UpstreamDouble exchange = null!;
    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        exchange = await UpstreamDouble.StartAsync();
        exchange.AnswerAll();
        host = await TestHost.StartAsync(new TestHostOptions { Exchange = exchange });
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task GetBalance_HasTheDocumentedFieldsToTheLetter()
    {
        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal(
            """{"accountValue":"1000.50","withdrawable":"900.0","totalMarginUsed":"100.05","totalNotionalPosition":"2001.0","perpetualPositions":[{"coin":"ETH","szi":"-0.5","entryPx":"4002.0","positionValue":"2001.0","unrealizedPnl":"-7.25","returnOnEquity":"-0.07","liquidationPx":"0","marginUsed":"100.05","maintMarginReq":"0.02","leverage":20,"leverageType":"cross"}],"orders":[{"coin":"ETH","oid":1,"side":"B","limitPx":"3800.0","sz":"0.5","origSz":"0.5","orderType":"Limit","timestamp":1795250000000,"reduceOnly":true,"isTrigger":false,"isPositionTpsl":false,"triggerCondition":"N/A","children":[]},{"coin":"ETH","oid":2,"side":"B","limitPx":"4400.0","sz":"0.5","origSz":"0.5","orderType":"Stop Market","timestamp":1795250000001,"reduceOnly":true,"triggerPx":"4200.0","isTrigger":true,"isPositionTpsl":true,"triggerCondition":"Price above 4200","children":[]}],"spotBalances":[{"coin":"USDC","total":"99.5","hold":"20.0"}]}""",
            answer.GetProperty("balance").GetRawText());
        Assert.Equal("""{"leverage":2,"leverageFormatted":"2.00x","marginUsagePercent":10,"marginUsageFormatted":"10.0%","hasPositions":true}""", answer.GetProperty("calculated").GetRawText());
        Assert.Equal(
            """{"isInLoss":true,"unrealizedPnL":-7.25,"lossPercentage":0.00719424,"recoveryPercentage":0.00724638,"currentValue":1000.50,"initialValue":1007.75}""",
            answer.GetProperty("riskMetrics").GetRawText());
        Assert.Equal(1100.0m, answer.GetProperty("dailyStartBalance").GetDecimal());
        Assert.Equal(1795254000000, answer.GetProperty("timestamp").GetInt64());
        Assert.Equal(TestHost.Trader.ToString(), answer.GetProperty("address").GetString());
        Assert.False(answer.GetProperty("partial").GetBoolean());
        Assert.Empty(answer.GetProperty("missing").EnumerateArray());
    }

    [Fact]
    public async Task GetBalance_OfASeparateAccount_AddsItsParts()
    {
        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal(
            "disabled 1100.00 979.95 979.5 1670.25",
            string.Join(' ', new[] { "mode", "total", "spendable", "withdrawable", "netWorth" }.Select(field => answer.GetProperty(field).GetString())));
        var parts = answer.GetProperty("parts");
        Assert.Equal("1000.50", parts.GetProperty("perps")[0].GetProperty("value").GetString());
        Assert.Equal("99.5", parts.GetProperty("spot").GetProperty("value").GetString());
        Assert.Equal("500.00", parts.GetProperty("staking").GetProperty("value").GetString());
        Assert.Equal("70.25", parts.GetProperty("vaults").GetProperty("value").GetString());
        Assert.Equal("""{"value":"1101.0","asOf":"2026-11-21T09:06:40.000Z","difference":"-1.00"}""", parts.GetProperty("statedValue").GetRawText());
        Assert.Equal("2026-11-21T09:30:00.123Z", answer.GetProperty("asOf").GetProperty("perps").GetString());
    }

    [Theory]
    [InlineData("unifiedAccount")]
    [InlineData("portfolioMargin")]
    public async Task GetBalance_OfAUnifiedAccount_CountsItsPerpetualsOnce(string mode)
    {
        exchange.Answer(Mode, $"\"{mode}\"");

        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal((mode, "99.5", "79.5"), (answer.GetProperty("mode").GetString(), answer.GetProperty("total").GetString(), answer.GetProperty("spendable").GetString()));
        Assert.Equal(99.5m, answer.GetProperty("dailyStartBalance").GetDecimal());
        Assert.False(answer.GetProperty("parts").GetProperty("perps")[0].GetProperty("isCounted").GetBoolean());
    }

    [Theory]
    [InlineData("default")]
    [InlineData("aModeOfTomorrow")]
    public async Task GetBalance_WhereTheModeDoesNotTell_GoesByWhatTheExchangeStates(string mode)
    {
        exchange.Answer(Mode, $"\"{mode}\"");

        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal((mode, "1100.00"), (answer.GetProperty("mode").GetString(), answer.GetProperty("total").GetString()));
        Assert.Equal("0", string.Join(' ', host.Query<long>("SELECT is_unified FROM traders")));
    }

    [Fact]
    public async Task GetBalance_WithAnotherDexOfPerpetuals_CountsIt()
    {
        exchange.Answer("perpDexs", """[null,{"name":"xyz","fullName":"XYZ"}]""");
        exchange.Answer("meta", """{"universe":[],"collateralToken":360}""");
        exchange.Answer("spotMeta", """{"tokens":[],"universe":[{"name":"@230","index":230,"tokens":[360,0]}]}""");
        exchange.Answer("allMids", """{"@230":"0.5"}""");
        exchange.Answer(Perps, async http =>
        {
            var isOther = UpstreamDouble.QuestionOf(http).Contains("xyz", StringComparison.Ordinal);
            http.Response.ContentType = "application/json";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                http.Response, isOther ? PerpsAccount.Replace("1000.50", "200.0", StringComparison.Ordinal).Replace("ETH", "xyz:AAPL", StringComparison.Ordinal) : PerpsAccount);
        });

        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal("1200.00", answer.GetProperty("total").GetString());
        Assert.Equal(["ETH", "xyz:AAPL"], answer.GetProperty("balance").GetProperty("perpetualPositions").EnumerateArray().Select(position => position.GetProperty("coin").GetString()));
        Assert.Equal("100.00", answer.GetProperty("parts").GetProperty("perps")[1].GetProperty("value").GetString());
    }

    [Fact]
    public async Task GetBalance_OfAnAgentsAddress_SaysWhoseItIs()
    {
        exchange.Answer(Perps, NoPerps);
        exchange.Answer(Spot, NoSpot);
        exchange.Answer("userRole", """{"role":"agent","data":{"user":"0x00000000000000000000000000000000000000c3"}}""");

        var account = (await (await GetAsync()).JsonAsync()).GetProperty("account");

        Assert.Equal(("agent", "0x00000000000000000000000000000000000000c3"), (account.GetProperty("role").GetString(), account.GetProperty("master").GetString()));
        Assert.Contains("master account", account.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetBalance_PositionAnalysis_UsesTheTradersOwnOrders()
    {
        var analysis = (await (await GetAsync()).JsonAsync()).GetProperty("positionAnalysis");

        // Short 0.5 at 4002: entry fee 0.900450; out at 3800 brings 101 less 0.285 and the entry; stopped at 4200 loses 99 and 0.945 and the entry.
        Assert.Equal(99.81455m, analysis.GetProperty("totalExpectedProfit").GetDecimal());
        Assert.Equal(100.84545m, analysis.GetProperty("totalExpectedLoss").GetDecimal());
        var position = analysis.GetProperty("positionAnalysis")[0];
        Assert.False(position.GetProperty("isLong").GetBoolean());
        Assert.Equal(3800m, position.GetProperty("tpOrders")[0].GetProperty("price").GetDecimal());
        Assert.Equal(4200m, position.GetProperty("slOrder").GetProperty("price").GetDecimal());
    }

    [Theory]
    [InlineData("staking", "delegatorSummary")]
    [InlineData("vaults", "userVaultEquities")]
    [InlineData("orders", Orders)]
    [InlineData("statedValue", Portfolio)]
    public async Task GetBalance_WithoutASmallerPart_NamesItAndStillKnowsTheTotal(string part, string request)
    {
        exchange.Answer(request, 502, "text/html", "<html></html>");

        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal([part], answer.GetProperty("missing").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("1100.00", answer.GetProperty("total").GetString());
    }

    [Fact]
    public async Task GetBalance_WithoutSpot_KnowsNoTotalAndOpensNoDay()
    {
        exchange.Answer(Spot, 500, "application/json", "null");

        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal(["spot", "total"], answer.GetProperty("missing").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("total").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("dailyStartBalance").ValueKind);
        Assert.Empty(host.Query<long>("SELECT id FROM daily_balances"));
    }

    [Fact]
    public async Task GetBalance_AskedAgain_KeepsWhatIsDearAndReadsTheRestAfresh()
    {
        await GetAsync();
        exchange.Requests.Clear();

        exchange.Answer(Spot, NoSpot);
        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal("1000.50", answer.GetProperty("total").GetString());
        Assert.Equal(1100.0m, answer.GetProperty("dailyStartBalance").GetDecimal());
        Assert.Equal([Perps, Spot], exchange.Requests.Select(request => JsonDocument.Parse(request).RootElement.GetProperty("type").GetString()).Order());
    }

    [SkippableFact]
    public async Task GetBalance_OfEveryRecordedAccount_IsExactlyItsBalance()
    {
        foreach (var recorded in RecordedData.Hyperliquid(Perps))
        {
            exchange.Answer(Perps, recorded.Response);

            var balance = (await (await GetAsync()).JsonAsync()).GetProperty("balance");

            var real = JsonDocument.Parse(recorded.Response).RootElement;
            var summary = real.GetProperty("marginSummary");
            Assert.Equal(summary.GetProperty("accountValue").GetString(), balance.GetProperty("accountValue").GetString());
            Assert.Equal(summary.GetProperty("totalMarginUsed").GetString(), balance.GetProperty("totalMarginUsed").GetString());
            Assert.Equal(summary.GetProperty("totalNtlPos").GetString(), balance.GetProperty("totalNotionalPosition").GetString());
            Assert.Equal(real.GetProperty("withdrawable").GetString(), balance.GetProperty("withdrawable").GetString());
            Assert.Equal(
                real.GetProperty("assetPositions").EnumerateArray().Select(asset => Digits(asset.GetProperty("position"))),
                balance.GetProperty("perpetualPositions").EnumerateArray().Select(Digits));
        }

        static string Digits(JsonElement position) => string.Join(
            ' ',
            new[] { "coin", "szi", "entryPx", "positionValue", "unrealizedPnl", "returnOnEquity", "marginUsed" }.Select(field => position.GetProperty(field).GetString()));
    }

    [Theory]
    [InlineData(429, "application/json", "null", 503, "UPSTREAM_RATE_LIMITED")]
    [InlineData(500, "application/json", "null", 502, "UPSTREAM_BAD_ANSWER")]
    [InlineData(502, "text/html", "<html>Bad Gateway</html>", 502, "UPSTREAM_BAD_ANSWER")]
    [InlineData(200, "application/json", "null", 502, "UPSTREAM_BAD_ANSWER")]
    [InlineData(200, "application/json", "[]", 502, "UPSTREAM_BAD_ANSWER")]
    [InlineData(200, "application/json", """{"marginSummary":{"accountValue":"1""", 502, "UPSTREAM_BAD_ANSWER")]
    public async Task GetBalance_AnUpstreamThatGivesNoAccount_IsAClearProblem(int status, string contentType, string body, int expected, string code)
    {
        exchange.Answer(Perps, status, contentType, body);

        var response = await GetAsync();

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(code, await response.ProblemCodeAsync());
        Assert.Contains("Hyperliquid", (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetBalance_AnUpstreamThatIsSlow_Is504()
    {
        exchange.NeverAnswer(Perps);
        exchange.NeverAnswer(Spot);

        var request = GetAsync();
        await Eventually.TrueAsync(() => exchange.Requests.Any(request => request.Contains(Perps, StringComparison.Ordinal)));
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        var response = await request;

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal("UPSTREAM_TIMEOUT", await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task GetBalance_AnUpstreamThatIsDown_Is503WithRetryAfter()
    {
        await exchange.DisposeAsync();

        var response = await GetAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("UPSTREAM_UNAVAILABLE", await response.ProblemCodeAsync());
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task GetBalance_ByCookie_IsTheSame()
    {
        var token = await host.SignInAsync(TestHost.Trader);

        var response = await host.SendAsync(HttpMethod.Get, "/api/balance", null, ("Cookie", $"hyper-trader-session={token}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer ' OR '1'='1")]
    public async Task GetBalance_WithoutASession_Is401AndAsksNobody(string? authorization)
    {
        var response = authorization is null
            ? await host.SendAsync(HttpMethod.Get, "/api/balance")
            : await host.SendAsync(HttpMethod.Get, "/api/balance", null, ("Authorization", authorization));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Empty(exchange.Requests);
        await response.ProblemCodeAsync();
    }

    [Fact]
    public async Task GetBalance_WithTheStoredHashInsteadOfTheToken_Is401()
    {
        await host.SignInAsync(TestHost.Trader);
        var stored = host.Query<string>("SELECT id FROM user_sessions").Single();

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(stored)).StatusCode);
    }

    [Fact]
    public async Task GetBalance_AfterTheSessionEnded_Is401()
    {
        var token = await host.SignInAsync(TestHost.Trader);
        host.Clock.Advance(TimeSpan.FromDays(30));

        var response = await GetAsync(token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("SESSION_NOT_VALID", await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task GetBalance_IsAlwaysTheCallersOwn()
    {
        var other = WalletAddress.Parse("0x00000000000000000000000000000000000000b2");

        var answer = await (await GetAsync(await host.SignInAsync(other))).JsonAsync();

        Assert.Equal(other.ToString(), answer.GetProperty("address").GetString());
        Assert.All(
            exchange.Requests.Where(request => request.Contains("\"user\"", StringComparison.Ordinal)),
            request => Assert.Contains(other.ToString(), request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoToken_IsEverInALog()
    {
        var token = await host.SignInAsync(TestHost.Trader);
        await GetAsync(token);
        exchange.Answer(Perps, 500, "application/json", "null");
        await GetAsync(token);
        await host.RunTimerAsync("CaptureSnapshots");

        Assert.DoesNotContain(host.Log.Lines, line => line.Contains(token, StringComparison.Ordinal) || line.Contains(TestHost.AdminToken, StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> GetAsync(string? token = null) => await host.SendAsync(
        HttpMethod.Get, "/api/balance", null, ("Authorization", $"Bearer {token ?? await host.SignInAsync(TestHost.Trader)}"));
}
