using System.Text.Json;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>What the exchange's own figure tells of an account whose mode does not (rule B5).</summary>
[Trait("Case", "M1")]
public sealed class StatedFigureTests : TradingTests
{
    private string session = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Exchange.Answer(Orders, "[]");
        session = await Host.SignInAsync(TestHost.Trader);
    }

    [Fact]
    public async Task GetBalance_OfADefaultAccount_IsSeparate_WhateverAnOldFigureFits()
    {
        Hold("default", PerpsOf("1000.0"), UsdcOf("0.0"));
        Exchange.Answer(Portfolio, PortfolioOf("1000.0", Now.AddHours(-2)));
        Assert.Equal("1000.0", (await BalanceAsync()).Text("total"));

        Exchange.Answer(Spot, UsdcOf("900.0"));

        var answer = await BalanceAsync();
        Assert.Equal(("1900.0", "1900.0"), (answer.Text("total"), answer.Text("withdrawable")));
        Assert.Equal(1000m, answer.GetProperty("dailyStartBalance").GetDecimal());
        Assert.Empty(Host.Query<long>("SELECT is_unified FROM traders WHERE is_unified IS NOT NULL"));
    }

    [Fact]
    public async Task GetBalance_OfADefaultAccount_WhereAFreshFigureFitsSpotExactly_IsUnified_AndThatIsRemembered()
    {
        Hold("default", PerpsOf("20.0", "15.0"), UsdcOf("900.0", "15.0"));
        Exchange.Answer(Portfolio, PortfolioOf("900.0", Now));

        Assert.Equal("900.0", (await BalanceAsync()).Text("total"));
        Assert.Equal([1L], Host.Query<long>("SELECT is_unified FROM traders"));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("aModeOfTomorrow")]
    public async Task GetBalance_WhereMoneyThatCameMakesAFigureFit_IsCountedAsBefore_AndThatIsRemembered(string mode)
    {
        Hold(mode, PerpsOf("1000.0"), UsdcOf("0.0"));
        Exchange.Answer(Portfolio, PortfolioOf("1000.0", Now.AddMinutes(-4)));
        Assert.Equal("1000.0", (await BalanceAsync()).Text("total"));

        Exchange.Answer(Spot, UsdcOf("1000.0"));
        Assert.Equal("2000.0", (await BalanceAsync()).Text("total"));

        Host.Clock.Advance(TimeSpan.FromMinutes(11));
        Exchange.Answer(Spot, UsdcOf("1005.0"));
        Exchange.Answer(Portfolio, PortfolioOf("2001.0", Now));
        Assert.Equal("2005.0", (await BalanceAsync()).Text("total"));
    }

    [Theory]
    [InlineData("""[{"time":1795253300000,"hash":"0xab","delta":{"type":"accountClassTransfer","usdc":"900.0","toPerp":false}}]""", "1800.0")]
    [InlineData(null, "1800.0")]
    [InlineData("[]", "900.0")]
    public async Task GetBalance_OfADefaultAccountThatWasNeverSeenBefore_BelievesAFigureOnlyWhereTheLedgerIsEmptySince(string? ledger, string total)
    {
        Hold("default", PerpsOf("900.0"), UsdcOf("900.0"));
        Exchange.Answer(Portfolio, PortfolioOf("900.0", Now.AddMinutes(-4)));
        Exchange.Answer(Ledger, ledger is null ? 500 : 200, "application/json", ledger ?? "null");

        Assert.Equal(total, (await BalanceAsync()).Text("total"));
    }

    private DateTimeOffset Now => Host.Clock.GetUtcNow();

    private void Hold(string mode, string perps, string spot)
    {
        Exchange.Answer(Mode, $"\"{mode}\"");
        Exchange.Answer(Perps, perps);
        Exchange.Answer(Spot, spot);
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
