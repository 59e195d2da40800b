using System.Net;
using System.Text.Json;
using TraderHub.Core.Trading;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Trading;

public sealed class BalanceTests : IAsyncLifetime
{
    internal const string Perps = "clearinghouseState";
    internal const string Spot = "spotClearinghouseState";

    internal const string Account = """
        {"marginSummary":{"accountValue":"1000.50","totalNtlPos":"2001.0","totalRawUsd":"0.0","totalMarginUsed":"100.05"},"withdrawable":"900.0",
         "assetPositions":[{"type":"oneWay","position":{"coin":"ETH","szi":"-0.5","leverage":{"type":"cross","value":20},"entryPx":"4002.0",
         "positionValue":"2001.0","unrealizedPnl":"-7.25","returnOnEquity":"-0.07","liquidationPx":null,"marginUsed":"100.05"}}],"time":1795253400123}
        """;

    private UpstreamDouble exchange = null!;
    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        exchange = await UpstreamDouble.StartAsync();
        exchange.Answer(Perps, Account);
        exchange.Answer(Spot, """{"balances":[{"coin":"USDC","token":0,"total":"2.77363","hold":"0.5","entryNtl":"0.0"}]}""");
        host = await TestHost.StartAsync(new TestHostOptions { Exchange = exchange });
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task GetBalance_IsTheDocumentedShapeToTheLetter()
    {
        var response = await GetAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """{"balance":{"accountValue":"1000.50","withdrawable":"900.0","totalMarginUsed":"100.05","totalNotionalPosition":"2001.0","perpetualPositions":[{"coin":"ETH","szi":"-0.5","entryPx":"4002.0","positionValue":"2001.0","unrealizedPnl":"-7.25","returnOnEquity":"-0.07","liquidationPx":"0","marginUsed":"100.05","leverage":20,"leverageType":"cross"}],"spotBalances":[{"coin":"USDC","total":"2.77363","hold":"0.5"}]},"calculated":{"leverage":2,"leverageFormatted":"2.00x","marginUsagePercent":10.0,"marginUsageFormatted":"10.0%","hasPositions":true},"address":"0x5e9ee1089755c3435139848e47e6635505d5a13a","timestamp":1795254000000,"asOf":{"perps":"2026-11-21T09:30:00.123Z","spot":"2026-11-21T09:40:00.000Z"},"partial":false,"missing":[]}""",
            await response.Content.ReadAsStringAsync());
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

    [Fact]
    public async Task GetBalance_WithoutTheSpotPart_NamesItAsMissingAndNeverAsZero()
    {
        exchange.Answer(Spot, 502, "text/html", "<html></html>");

        var answer = await (await GetAsync()).JsonAsync();

        Assert.True(answer.GetProperty("partial").GetBoolean());
        Assert.Equal("spot", answer.GetProperty("missing")[0].GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("balance").GetProperty("spotBalances").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("asOf").GetProperty("spot").ValueKind);
        Assert.Equal("1000.50", answer.GetProperty("balance").GetProperty("accountValue").GetString());
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
        await Eventually.TrueAsync(() => exchange.Requests.Count == 2);
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
        Assert.All(exchange.Requests, request => Assert.Contains(other.ToString(), request, StringComparison.Ordinal));
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
