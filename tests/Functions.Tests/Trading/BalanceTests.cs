using System.Net;
using System.Text.Json;
using TraderHub.Core.Trading;
using TraderHub.Testing;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

public sealed class BalanceTests : TradingTests
{
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
    [Trait("Case", "A4")]
    public async Task GetBalance_BesideAWalletThatAsksWithoutEnd_IsServedEachTime()
    {
        await using var limited = await TestHost.StartAsync(new TestHostOptions { Exchange = Exchange, Settings = [("Hyperliquid:WeightPerMinute", "480")] });
        var hostile = ("Authorization", $"Bearer {await limited.SignInAsync(WalletAddress.Parse($"0x{new string('9', 40)}"))}");
        var victim = ("Authorization", $"Bearer {await limited.SignInAsync(TestHost.Trader)}");
        var attack = new List<Task<HttpResponseMessage>>();
        for (var second = 0; second < 50; second++)
        {
            attack.AddRange(Enumerable.Range(0, 4).Select(_ => limited.SendAsync(HttpMethod.Get, "/api/balance", null, hostile)));
            if (second % 10 == 9)
            {
                var answer = await limited.SendAsync(HttpMethod.Get, "/api/balance", null, victim).WaitAsync(Eventually.Limit, TimeProvider.System);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

            limited.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        limited.Clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(attack);
    }

    [SkippableFact]
    public async Task GetBalance_OfEveryRecordedAccount_IsExactlyItsBalance()
    {
        foreach (var recorded in RecordedData.Hyperliquid(Perps))
        {
            Exchange.Answer(Perps, recorded.Response);
            Host.Clock.Advance(TimeSpan.FromSeconds(1));

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
        Exchange.Answer(Perps, status, contentType, body);

        var response = await GetAsync();

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(code, await response.ProblemCodeAsync());
        Assert.Contains("Hyperliquid", (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetBalance_AnUpstreamThatIsSlow_Is504()
    {
        Exchange.NeverAnswer(Perps);
        Exchange.NeverAnswer(Spot);

        var request = GetAsync();
        await Eventually.TrueAsync(() => Exchange.Requests.Any(request => request.Contains(Perps, StringComparison.Ordinal)));
        Host.Clock.Advance(TimeSpan.FromSeconds(10));
        var response = await request;

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal("UPSTREAM_TIMEOUT", await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task GetBalance_AnUpstreamThatIsDown_Is503WithRetryAfter()
    {
        await Exchange.DisposeAsync();

        var response = await GetAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("UPSTREAM_UNAVAILABLE", await response.ProblemCodeAsync());
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task GetBalance_ByCookie_IsTheSame()
    {
        var token = await Host.SignInAsync(TestHost.Trader);

        var response = await Host.SendAsync(HttpMethod.Get, "/api/balance", null, ("Cookie", $"hyper-trader-session={token}"));

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
            ? await Host.SendAsync(HttpMethod.Get, "/api/balance")
            : await Host.SendAsync(HttpMethod.Get, "/api/balance", null, ("Authorization", authorization));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Empty(Exchange.Requests);
        await response.ProblemCodeAsync();
    }

    [Fact]
    public async Task GetBalance_WithTheStoredHashInsteadOfTheToken_Is401()
    {
        await Host.SignInAsync(TestHost.Trader);
        var stored = Host.Query<string>("SELECT id FROM user_sessions").Single();

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(stored)).StatusCode);
    }

    [Fact]
    public async Task GetBalance_AfterTheSessionEnded_Is401()
    {
        var token = await Host.SignInAsync(TestHost.Trader);
        Host.Clock.Advance(TimeSpan.FromDays(30));

        var response = await GetAsync(token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("SESSION_NOT_VALID", await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task GetBalance_IsAlwaysTheCallersOwn()
    {
        var other = WalletAddress.Parse("0x00000000000000000000000000000000000000b2");

        var answer = await (await GetAsync(await Host.SignInAsync(other))).JsonAsync();

        Assert.Equal(other.ToString(), answer.GetProperty("address").GetString());
        Assert.All(
            Exchange.Requests.Where(request => request.Contains("\"user\"", StringComparison.Ordinal)),
            request => Assert.Contains(other.ToString(), request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoToken_IsEverInALog()
    {
        var token = await Host.SignInAsync(TestHost.Trader);
        await GetAsync(token);
        Exchange.Answer(Perps, 500, "application/json", "null");
        await GetAsync(token);
        await Host.RunTimerAsync("CaptureSnapshots");

        Assert.DoesNotContain(Host.Log.Lines, line => line.Contains(token, StringComparison.Ordinal) || line.Contains(TestHost.AdminToken, StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> GetAsync(string? token = null) => await Host.SendAsync(
        HttpMethod.Get, "/api/balance", null, ("Authorization", $"Bearer {token ?? await Host.SignInAsync(TestHost.Trader)}"));
}
