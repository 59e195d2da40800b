using System.Text.Json;
using TraderHub.Testing;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>What other programs got wrong about an account's money (rules B1 to B6).</summary>
public sealed class BalanceFaultsTests : TradingTests
{
    private string session = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Exchange.Answer(Orders, "[]");
        session = await Host.SignInAsync(TestHost.Trader);
    }

    [Theory]
    [InlineData("BTC", 999)]
    [InlineData("USDC", 888)]
    [Trait("Case", "M12")]
    public async Task GetBalance_WithATokenOfAnothersName_GivesItNoPrice(string coin, int token)
    {
        Hold("disabled", PerpsOf("1000.0"), $$"""{"balances":[{"coin":"{{coin}}","token":{{token}},"total":"5.0","hold":"0.0"}]}""");
        Exchange.Answer("spotMeta", $$"""{"tokens":[{"name":"USDC","index":0},{"name":"{{coin}}","index":{{token}}}],"universe":[]}""");

        var answer = await BalanceAsync();

        Assert.Equal("1000.0", answer.Text("total"));
        Assert.Equal([coin], answer.GetProperty("parts").GetProperty("spot").GetProperty("unpriced").EnumerateArray().Select(name => name.GetString()));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[["day",{"accountValueHistory":[],"pnlHistory":[],"vlm":"0.0"}]]""")]
    [InlineData(null)]
    [Trait("Case", "M2")]
    public async Task GetBalance_OfADefaultAccountWithoutAStatedFigure_IsSeparate(string? portfolio)
    {
        Hold("default", PerpsOf("1000.0", "100.0", "900.0"), UsdcOf("900.0"));
        Exchange.Answer(Portfolio, portfolio is null ? 500 : 200, "application/json", portfolio ?? "null");

        var answer = await BalanceAsync();

        Assert.Equal(("1900.0", "1800.0", "1800.0"), (answer.Text("total"), answer.Text("spendable"), answer.Text("withdrawable")));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("parts").GetProperty("statedValue").ValueKind);
        Assert.Equal(portfolio is null ? ["statedValue"] : [], answer.Missing());
    }

    [Fact]
    [Trait("Case", "M2")]
    public async Task GetBalance_OfAModeThatWeDoNotKnow_SaysWhyTheTotalIsUnknown()
    {
        Hold("aModeOfTomorrow", PerpsOf("1000.0"), UsdcOf("900.0"));

        var answer = await BalanceAsync();

        Assert.Null(answer.Text("total"));
        Assert.Equal(["mode", "total"], answer.Missing());
    }

    [Fact]
    [Trait("Case", "M3")]
    public async Task GetBalance_OfAUnifiedAccount_CanSpendWhatIsNeitherHeldNorNeeded()
    {
        Hold("unifiedAccount", PerpsOf("0.0"), """
            {"balances":[{"coin":"USDC","token":0,"total":"100508.11272667","hold":"49999.89"}],"tokenToAvailableAfterMaintenance":[[0,"100508.11272667"]]}
            """);

        var answer = await BalanceAsync();

        Assert.Equal(("50508.22272667", "50508.22272667"), (answer.Text("spendable"), answer.Text("withdrawable")));
    }

    [Fact]
    [Trait("Case", "M4")]
    public async Task GetBalance_OfAUnifiedAccountInAnotherDexsCollateral_CanSpendItWithoutAPositionThere()
    {
        ListAnotherDex("0.999");
        Hold("unifiedAccount", PerpsOf("0.0"), """
            {"balances":[{"coin":"USDH","token":360,"total":"50.0","hold":"0.0"}],"tokenToAvailableAfterMaintenance":[[360,"50.0"]]}
            """);

        var answer = await BalanceAsync();

        Assert.Equal(49.95m, decimal.Parse(answer.Text("spendable")!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(49.95m, decimal.Parse(answer.Text("withdrawable")!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("disabled", "unifiedAccount")]
    [InlineData("default", "unifiedAccount")]
    [InlineData("disabled", "portfolioMargin")]
    [Trait("Case", "M5")]
    public async Task GetBalance_AfterTheTraderWentUnified_AsksTheModeBeforeItAnswers(string before, string after)
    {
        Hold(before, PerpsOf("100.0"), UsdcOf("50.0"));
        Exchange.Answer(Portfolio, PortfolioOf("150.0", Now));
        Assert.Equal("150.0", (await BalanceAsync()).Text("total"));

        Hold(after, PerpsOf("20.0", "20.0", "0.0"), UsdcOf("150.0", "20.0"));

        for (var i = 0; i < 3; i++)
        {
            var answer = await BalanceAsync();
            Assert.Equal((after, "150.0", "130.0"), (answer.Text("mode"), answer.Text("total"), answer.Text("spendable")));
        }
    }

    [Fact]
    [Trait("Case", "M5")]
    public async Task GetBalance_AfterTheTraderWentSeparate_AsksTheModeBeforeItAnswers_ThereAndBack()
    {
        Exchange.Answer(Portfolio, "[]");
        for (var i = 0; i < 2; i++)
        {
            Hold("unifiedAccount", PerpsOf("20.0", "20.0", "0.0"), UsdcOf("150.0", "20.0"));
            Assert.Equal("150.0", (await BalanceAsync()).Text("total"));
            Hold("disabled", PerpsOf("100.0", "20.0", "80.0"), UsdcOf("50.0"));
            Assert.Equal("150.0", (await BalanceAsync()).Text("total"));
        }
    }

    [Fact]
    [Trait("Case", "M5")]
    public async Task GetBalance_WhereTheModeThatIsDoubtedCannotBeAsked_KnowsNoTotal()
    {
        Hold("disabled", PerpsOf("100.0"), UsdcOf("50.0"));
        await BalanceAsync();
        Hold("unifiedAccount", PerpsOf("20.0", "20.0", "0.0"), UsdcOf("150.0", "20.0"));
        Exchange.Answer(Mode, 500, "application/json", "null");

        var answer = await BalanceAsync();

        Assert.Equal((null, null), (answer.Text("total"), answer.Text("mode")));
        Assert.Equal(["mode", "total"], answer.Missing());
    }

    [Fact]
    [Trait("Case", "M5")]
    public async Task GetBalance_WhereTheModeIsConfirmed_IsNotAskedAgainEachTime()
    {
        Hold("disabled", PerpsOf("20.0", "20.0", "0.0"), UsdcOf("150.0", "20.0"));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("170.0", (await BalanceAsync()).Text("total"));
        }

        Assert.Equal(2, Exchange.Requests.Count(request => request.Contains(Mode, StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Case", "M7")]
    public async Task GetBalance_WithAPositionOnAnotherDex_HasItsOrdersAndAnalysis()
    {
        HoldOnAnotherDex();
        Exchange.AnswerByDex(Orders, "[]", TakeProfit);

        var answer = await BalanceAsync();

        Assert.Equal("xyz:TSLA", answer.GetProperty("balance").GetProperty("orders")[0].Text("coin"));
        var analysis = answer.GetProperty("positionAnalysis").GetProperty("positionAnalysis")[0];
        Assert.Equal(("xyz:TSLA", 400m), (analysis.Text("coin"), analysis.GetProperty("tpOrders")[0].GetProperty("price").GetDecimal()));
        Assert.Empty(answer.Missing());
    }

    [Fact]
    [Trait("Case", "M7")]
    public async Task GetBalance_WhereTheOrdersOfADexCannotBeRead_NamesItAndSaysNothingOfItsPositions()
    {
        HoldOnAnotherDex();
        Exchange.Answer(Orders, async http =>
        {
            http.Response.StatusCode = UpstreamDouble.QuestionOf(http).Contains("xyz", StringComparison.Ordinal) ? 500 : 200;
            http.Response.ContentType = "application/json";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, "[]");
        });

        var answer = await BalanceAsync();

        Assert.Equal(["orders:xyz"], answer.Missing());
        Assert.Equal(0, answer.GetProperty("balance").GetProperty("orders").GetArrayLength());
        Assert.Equal(0, answer.GetProperty("positionAnalysis").GetProperty("positionAnalysis").GetArrayLength());
    }

    [Fact]
    [Trait("Case", "M7")]
    public async Task GetBalance_OfAUnifiedAccountWhoseOrdersAloneAreOnAnotherDex_HasThem()
    {
        ListAnotherDex("1.0");
        Hold("unifiedAccount", PerpsOf("0.0"), UsdcOf("500.0", "40.0"));
        Exchange.AnswerByDex(Orders, "[]", TakeProfit);

        Assert.Equal("xyz:TSLA", (await BalanceAsync()).GetProperty("balance").GetProperty("orders")[0].Text("coin"));
    }

    [Fact]
    [Trait("Case", "M8")]
    public async Task GetBalance_WithARestingOrder_CanSpendWhatItLeaves()
    {
        Hold("disabled", PerpsOf("51.64387", "0.0", "35.39387"), UsdcOf("0.0"));

        Assert.Equal("35.39387", (await BalanceAsync()).Text("spendable"));
    }

    [Fact]
    [Trait("Case", "M9")]
    public async Task GetBalance_OfAPortfolioMarginAccount_CanTradeMoreThanItCanWithdraw()
    {
        Hold("portfolioMargin", PerpsOf("0.0"), UsdcOf("1000.0", "100.0", ",\"spotHold\":\"400.0\""));

        var answer = await BalanceAsync();

        Assert.Equal(("900.0", "600.0"), (answer.Text("spendable"), answer.Text("withdrawable")));
    }

    [Fact]
    [Trait("Case", "M10")]
    public async Task GetBalance_WithAPositionOnAnotherDexAlone_MeasuresItsLeverageThere()
    {
        HoldOnAnotherDex();

        var calculated = (await BalanceAsync()).GetProperty("calculated");

        Assert.Equal("10.00x", calculated.Text("leverageFormatted"));
    }

    private const string TakeProfit = """
        [{"coin":"xyz:TSLA","oid":7,"side":"A","limitPx":"400.0","sz":"2.0","origSz":"2.0","orderType":"Limit","timestamp":1795250000000,"reduceOnly":true,
          "isTrigger":false,"triggerPx":"0.0","children":[]}]
        """;

    private DateTimeOffset Now => Host.Clock.GetUtcNow();

    private void Hold(string mode, string perps, string spot)
    {
        Exchange.Answer(Mode, $"\"{mode}\"");
        Exchange.Answer(Perps, perps);
        Exchange.Answer(Spot, spot);
    }

    private void ListAnotherDex(string price)
    {
        Exchange.Answer("perpDexs", """[null,{"name":"xyz","fullName":"XYZ"}]""");
        Exchange.Answer("meta", """{"universe":[],"collateralToken":360}""");
        Exchange.Answer("spotMeta", """{"tokens":[{"name":"USDC","index":0},{"name":"USDH","index":360}],"universe":[{"name":"@230","index":230,"tokens":[360,0]}]}""");
        Exchange.Answer("allMids", $$"""{"HYPE":"40.0","@230":"{{price}}"}""");
    }

    /// <summary>Two shares long, bought for 348, on an account that is worth a tenth of them.</summary>
    private void HoldOnAnotherDex()
    {
        ListAnotherDex("1.0");
        Exchange.Answer(Mode, "\"disabled\"");
        Exchange.Answer(Spot, NoSpot);
        Exchange.AnswerByDex(Perps, NoPerps, """
            {"marginSummary":{"accountValue":"70.0","totalNtlPos":"700.0","totalRawUsd":"0.0","totalMarginUsed":"70.0"},"withdrawable":"0.0",
             "assetPositions":[{"type":"oneWay","position":{"coin":"xyz:TSLA","szi":"2.0","leverage":{"type":"cross","value":10},"entryPx":"348.0",
             "positionValue":"700.0","unrealizedPnl":"4.0","returnOnEquity":"0.05","liquidationPx":null,"marginUsed":"70.0","maxLeverage":10}}],"time":1795253400123}
            """);
    }

    /// <summary>A second later than the last time: what was asked within a second is not asked again.</summary>
    private async Task<JsonElement> BalanceAsync()
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var response = await Host.SendAsync(HttpMethod.Get, "/api/balance", null, ("Authorization", $"Bearer {session}"));
        response.EnsureSuccessStatusCode();
        return await response.JsonAsync();
    }
}
