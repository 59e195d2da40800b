using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>What the page says of a balance.</summary>
public sealed class HomeBalanceTests : TradingTests
{
    [Fact]
    [Trait("Case", "M11")]
    public async Task ShowHome_OfATraderWithStakingAndVaults_SumsUpTheNetWorth()
    {
        var page = await PageAsync();

        Assert.Contains("<dt>Net worth</dt><dd>$1,670.25</dd>", page, StringComparison.Ordinal);
        Assert.Contains("""<th scope="row">Net worth</th><td class="number">$1,670.25</td>""", page, StringComparison.Ordinal);
        Assert.All(["$1,000.50", "$99.50", "$500.00", "$70.25"], part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.DoesNotContain("beside the total", page, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "M11")]
    public async Task ShowHome_WithoutStaking_DoesNotKnowTheNetWorth()
    {
        Exchange.Answer("delegatorSummary", 500, "application/json", "null");

        Assert.Contains("<dt>Net worth</dt><dd>not known</dd>", await PageAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"balances":[{"coin":"JUNK","token":999,"total":"12.0","hold":"0.0"}]}""", "no price", "JUNK")]
    [InlineData("""{"balances":[{"coin":"USDC","token":0,"total":"5.0","hold":"0.0"},{"coin":"JUNK","token":999,"total":"12.0","hold":"0.0"}]}""", "$5.00", "USDC; no price: JUNK")]
    [Trait("Case", "M12")]
    public async Task ShowHome_WithATokenThatNobodyPrices_SaysSo(string spot, string worth, string detail)
    {
        Exchange.Answer(Spot, spot);

        var row = (await PageAsync()).Split("<tr>").Single(row => row.Contains("</span>Spot", StringComparison.Ordinal));

        Assert.Contains(worth, row, StringComparison.Ordinal);
        Assert.Contains(detail, row, StringComparison.Ordinal);
        Assert.DoesNotContain("$0.00", row, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "M12")]
    public async Task ShowHome_WithStakingWhosePriceNobodyStates_SaysSo()
    {
        Exchange.Answer("allMids", """{"ETH":"4002.0"}""");

        var page = await PageAsync();

        Assert.Contains("no price", page.Split("<tr>").Single(row => row.Contains("</span>Staking", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("nobody prices it: Staking.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Could not be read", page, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "M12")]
    public async Task ShowHome_WithADexWhoseCollateralNobodyPrices_SaysThatItWasRead()
    {
        Exchange.Answer("perpDexs", """[null,{"name":"xyz","fullName":"XYZ"}]""");
        Exchange.Answer("meta", """{"universe":[],"collateralToken":360}""");
        Exchange.AnswerByDex(Perps, PerpsOf("1000.0"), PerpsOf("600.0"));

        var page = await PageAsync();

        Assert.Contains("nobody prices it: Perpetuals on xyz.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Could not be read", page, StringComparison.Ordinal);
    }

    private async Task<string> PageAsync() => await (await Host.SendAsync(
        HttpMethod.Get, "/", null, ("Cookie", $"hyper-trader-session={await Host.SignInAsync(TestHost.Trader)}"))).Content.ReadAsStringAsync();
}
