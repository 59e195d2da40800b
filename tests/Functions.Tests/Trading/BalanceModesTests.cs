using System.Text.Json;
using TraderHub.Testing;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>What an account comes to, by its mode and its parts (rules B4 and B5).</summary>
public sealed class BalanceModesTests : TradingTests
{
    [Fact]
    public async Task GetBalance_OfASeparateAccount_AddsItsParts()
    {
        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal(
            "disabled 1100.00 979.5 979.5 1670.25",
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
        Exchange.Answer(Mode, $"\"{mode}\"");

        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal((mode, "99.5", "79.5"), (answer.GetProperty("mode").GetString(), answer.GetProperty("total").GetString(), answer.GetProperty("spendable").GetString()));
        Assert.Equal(99.5m, answer.GetProperty("dailyStartBalance").GetDecimal());
        Assert.False(answer.GetProperty("parts").GetProperty("perps")[0].GetProperty("isCounted").GetBoolean());
    }

    [Fact]
    public async Task GetBalance_WithAnotherDexOfPerpetuals_CountsIt()
    {
        Exchange.Answer("perpDexs", """[null,{"name":"xyz","fullName":"XYZ"}]""");
        Exchange.Answer("meta", """{"universe":[],"collateralToken":360}""");
        Exchange.Answer("spotMeta", """{"tokens":[],"universe":[{"name":"@230","index":230,"tokens":[360,0]}]}""");
        Exchange.Answer("allMids", """{"@230":"0.5"}""");
        Exchange.Answer(Perps, async http =>
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
        Exchange.Answer(Perps, NoPerps);
        Exchange.Answer(Spot, NoSpot);
        Exchange.Answer("userRole", """{"role":"agent","data":{"user":"0x00000000000000000000000000000000000000c3"}}""");

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
        Exchange.Answer(request, 502, "text/html", "<html></html>");

        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal([part], answer.GetProperty("missing").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("1100.00", answer.GetProperty("total").GetString());
    }

    [Fact]
    public async Task GetBalance_WithoutSpot_KnowsNoTotalAndOpensNoDay()
    {
        Exchange.Answer(Spot, 500, "application/json", "null");

        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal(["spot", "total"], answer.GetProperty("missing").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("total").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("dailyStartBalance").ValueKind);
        Assert.Empty(Host.Query<long>("SELECT id FROM daily_balances"));
    }

    [Fact]
    public async Task GetBalance_AskedAgain_KeepsWhatIsDearAndReadsTheRestAfresh()
    {
        await GetAsync();
        Exchange.Requests.Clear();

        Exchange.Answer(Spot, NoSpot);
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await (await GetAsync()).JsonAsync();

        Assert.Equal("1000.50", answer.GetProperty("total").GetString());
        Assert.Equal(1100.0m, answer.GetProperty("dailyStartBalance").GetDecimal());
        Assert.Equal([Perps, Spot], Exchange.Requests.Select(request => JsonDocument.Parse(request).RootElement.GetProperty("type").GetString()).Order());
    }

    private async Task<HttpResponseMessage> GetAsync(string? token = null) => await Host.SendAsync(
        HttpMethod.Get, "/api/balance", null, ("Authorization", $"Bearer {token ?? await Host.SignInAsync(TestHost.Trader)}"));
}
