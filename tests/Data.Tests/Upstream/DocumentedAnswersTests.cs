using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Data.Upstream.Hyperliquid;
using TraderHub.Data.Upstream.Hyperliquid.Messages;

namespace TraderHub.Data.Tests.Upstream;

/// <summary>Answers of today that nobody has recorded, in their documented shapes.</summary>
public sealed class DocumentedAnswersTests : IAsyncLifetime
{
    private HyperliquidConnection hyperliquid = null!;

    public async Task InitializeAsync() => hyperliquid = await HyperliquidConnection.StartAsync(("Hyperliquid:Retries", "0"));

    public async Task DisposeAsync() => await hyperliquid.DisposeAsync();

    private static WalletAddress Address => HyperliquidConnection.Address;

    [Theory]
    [InlineData("unifiedAccount", true)]
    [InlineData("portfolioMargin", true)]
    [InlineData("disabled", false)]
    [InlineData("dexAbstraction", false)]
    [InlineData("default", null)]
    [InlineData("somethingNew", null)]
    public async Task ReadAccountModeAsync_IsABareWord_AlsoOneWeDoNotKnow(string word, bool? isUnified)
    {
        hyperliquid.Upstream.Answer("userAbstraction", $"\"{word}\"");

        var mode = await hyperliquid.Exchange.ReadAccountModeAsync(Address, default);

        Assert.Equal((word, isUnified), (mode.Name, mode.IsUnified));
    }

    [Theory]
    [InlineData("""{"role":"missing"}""", "missing", null)]
    [InlineData("""{"role":"user"}""", "user", null)]
    [InlineData("""{"role":"agent","data":{"user":"0xABCDEF0000000000000000000000000000000002"}}""", "agent", "0xabcdef0000000000000000000000000000000002")]
    [InlineData("""{"role":"subAccount","data":{"master":"0xABCDEF0000000000000000000000000000000003"}}""", "subAccount", "0xabcdef0000000000000000000000000000000003")]
    public async Task ReadAccountRoleAsync_NamesTheMaster(string json, string name, string? master)
    {
        hyperliquid.Upstream.Answer("userRole", json);

        var role = await hyperliquid.Exchange.ReadAccountRoleAsync(Address, default);

        Assert.Equal((name, master), (role.Name, role.Master?.ToString()));
        Assert.Equal(60, hyperliquid.Budget.State.Used);
    }

    [Fact]
    public async Task ReadPerpAccountAsync_OfAnotherDex_NamesIt()
    {
        hyperliquid.Upstream.Answer(HyperliquidConnection.Perps, HyperliquidConnection.EmptyAccount);

        var account = await hyperliquid.Exchange.ReadPerpAccountAsync(Address, "xyz", default);

        Assert.Equal("xyz", account.Dex);
        Assert.Equal([$$"""{"type":"clearinghouseState","user":"{{Address}}","dex":"xyz"}"""], hyperliquid.Upstream.Requests);
    }

    [Fact]
    public async Task ReadSpotAccountAsync_OfAPortfolio_SaysWhatIsAvailable()
    {
        hyperliquid.Upstream.Answer("spotClearinghouseState", """
            {"balances":[{"coin":"USDC","token":0,"total":"-12.5","hold":"0.0","entryNtl":"0.0","ltv":"0.0","borrowed":"12.5","supplied":"0.0"},
             {"coin":"oN","total":"1.0","hold":"0.0"}],"portfolioMarginEnabled":true,"portfolioMarginRatio":"0.1",
             "tokenToAvailableAfterMaintenance":[[0,"97.530000001"],[150,"2"]]}
            """);

        var account = await hyperliquid.Exchange.ReadSpotAccountAsync(Address, default);

        Assert.True(account.IsPortfolioMargin);
        Assert.Equal([new SpotBalance("USDC", 0, -12.5m, 0m), new SpotBalance("oN", null, 1m, 0m)], account.Balances);
        Assert.Equal([KeyValuePair.Create(0, 97.530000001m), KeyValuePair.Create(150, 2m)], account.AvailableAfterMaintenance);
    }

    [Fact]
    public async Task ReadStakingAsync_AddsUp()
    {
        hyperliquid.Upstream.Answer(
            "delegatorSummary", """{"delegated":"12505.32462249","undelegated":"10689.31366593","totalPendingWithdrawal":"1.5","nPendingWithdrawals":1}""");

        Assert.Equal(23196.13828842m, (await hyperliquid.Exchange.ReadStakingAsync(Address, default)).Total);
    }

    [Fact]
    public async Task ReadVaultsAsync_SaysUntilWhenTheyAreLocked()
    {
        hyperliquid.Upstream.Answer("userVaultEquities", """
            [{"vaultAddress":"0x07fd993f0fa3a185f7207adccd29f7a87404689d","equity":"688536.0314879999","lockedUntilTimestamp":1737697731869},
             {"vaultAddress":"0x7f6ce756bdee0db22a8fbda15aa48023aae5a8be","equity":"1"}]
            """);

        var vaults = await hyperliquid.Exchange.ReadVaultsAsync(Address, default);

        Assert.Equal([688536.0314879999m, 1m], vaults.Select(vault => vault.Equity));
        Assert.Equal([1737697731869, null], vaults.Select(vault => vault.LockedUntil?.ToUnixTimeMilliseconds()));
    }

    [Fact]
    public async Task ReadStatedValueAsync_AnAccountWithoutHistory_HasNone()
    {
        hyperliquid.Upstream.Answer("portfolio", """[["day",{"accountValueHistory":[],"pnlHistory":[],"vlm":"0.0"}]]""");

        Assert.Null(await hyperliquid.Exchange.ReadStatedValueAsync(Address, default));
    }

    [Fact]
    public async Task ReadFills_OfToday_KeepEverythingThatTellsThemApart()
    {
        hyperliquid.Upstream.Answer("userFills", """
            [{"closedPnl":"-0.5","coin":"xyz:AAPL","crossed":true,"dir":"Long > Short","hash":"0x0","oid":90542681,"px":"18.435","side":"A","startPosition":"26.86",
              "sz":"93.53","time":1681222254710,"fee":"-0.01","feeToken":"USDH","builderFee":"0.002","tid":118906512037719,"twapId":7,"cloid":"0x1",
              "liquidation":{"liquidatedUser":"0x2","markPx":"18.4","method":"market"},"feeTrialEscrow":"0.0"},
             {"closedPnl":"-0.5","coin":"xyz:AAPL","crossed":true,"dir":"Long > Short","hash":"0x0","oid":90542681,"px":"18.435","side":"B","startPosition":"26.86",
              "sz":"93.53","time":1681222254710,"fee":"0.01","feeToken":"USDC","tid":118906512037719,"twapId":null}]
            """);

        var fills = await new HyperliquidHistory(hyperliquid.Info).ReadNewestFillsAsync(Address, default);

        Assert.Equal(new FillLiquidation("0x2", 18.4m, "market"), fills[0].Liquidation);
        Assert.Equal((-0.01m, "USDH", 0.002m, 118906512037719, 7), (fills[0].Fee, fills[0].FeeToken, fills[0].BuilderFee, fills[0].Tid, fills[0].TwapId));
        Assert.NotEqual(fills[0].Identity(), fills[1].Identity());
        Assert.Equal(21, hyperliquid.Budget.State.Used);
    }

    [Fact]
    public async Task WhatThePortDoesNotHaveYet_IsReadToo()
    {
        hyperliquid.Upstream.Answer("delegations", """[{"validator":"0x5","amount":"12060.16529862","lockedUntilTimestamp":1735466781353}]""");
        hyperliquid.Upstream.Answer("delegatorRewards", """[{"time":1736726400073,"source":"delegation","totalAmount":"0.73117184"}]""");
        hyperliquid.Upstream.Answer("delegatorHistory", """[{"time":1,"hash":"0x1","delta":{"withdrawal":{"amount":"2.5","phase":"initiated"}}},{"time":2,"hash":"0x2","delta":{"new":{}}}]""");
        hyperliquid.Upstream.Answer("userRateLimit", """{"cumVlm":"357.45105","nRequestsUsed":231,"nRequestsCap":10357,"nRequestsSurplus":0}""");
        hyperliquid.Upstream.Answer("exchangeStatus", """{"time":1736726400073,"specialStatuses":null}""");
        hyperliquid.Upstream.Answer("predictedFundings", """[["BTC",[["BinPerp",{"fundingRate":"0.0001","nextFundingTime":1733961600000,"fundingIntervalHours":8}],["BybitPerp",null]]]]""");
        var accounts = new HyperliquidAccounts(hyperliquid.Info);
        var history = new HyperliquidHistory(hyperliquid.Info);

        Assert.Equal([new Delegation("0x5", 12060.16529862m, 1735466781353)], await accounts.ReadDelegationsAsync(Address, default));
        Assert.Equal([new DelegatorReward(1736726400073, "delegation", 0.73117184m)], await history.ReadStakingRewardsAsync(Address, default));
        Assert.Equal([new WithdrawalDelta(2.5m, "initiated"), null], (await history.ReadStakingHistoryAsync(Address, default)).Select(update => update.Delta.Withdrawal));
        Assert.Equal(new UserRateLimit(357.45105m, 231, 10357, 0), await accounts.ReadRateLimitAsync(Address, default));
        Assert.Equal(new ExchangeStatus(1736726400073), await HyperliquidMarket.ReadStatusAsync(hyperliquid.Info, default));
        var bitcoin = Assert.Single(await HyperliquidMarket.ReadPredictedFundingsAsync(hyperliquid.Info, default));
        Assert.Equal([new("BinPerp", new PredictedFunding(0.0001m, 1733961600000, 8)), new("BybitPerp", null!)], bitcoin.Second);
    }

    [Theory]
    [InlineData("userVaultEquities", "{}")]
    [InlineData("userVaultEquities", "[null]")]
    [InlineData("userVaultEquities", """[{"vaultAddress":"0x1"}]""")]
    [InlineData("delegatorSummary", "[]")]
    [InlineData("delegatorSummary", """{"delegated":null,"undelegated":"1","totalPendingWithdrawal":"1"}""")]
    [InlineData("userAbstraction", "{}")]
    [InlineData("userRole", "\"user\"")]
    [InlineData("portfolio", """[["day"]]""")]
    [InlineData("portfolio", """[["day",null]]""")]
    [InlineData("portfolio", """[["day",{"accountValueHistory":[[1,"2",3]],"pnlHistory":[]}]]""")]
    [InlineData("spotClearinghouseState", """{"balances":[null]}""")]
    [InlineData("frontendOpenOrders", """[{"coin":"BTC"}]""")]
    public async Task AnAnswerThatIsNotWhatIsDocumented_IsABadAnswer(string type, string json)
    {
        hyperliquid.Upstream.Answer(type, json);

        var exception = await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync(type));

        Assert.Equal(UpstreamFailure.BadAnswer, exception.Failure);
    }

    private Task ReadAsync(string type) => type switch
    {
        "userVaultEquities" => hyperliquid.Exchange.ReadVaultsAsync(Address, default),
        "delegatorSummary" => hyperliquid.Exchange.ReadStakingAsync(Address, default),
        "userAbstraction" => hyperliquid.Exchange.ReadAccountModeAsync(Address, default),
        "userRole" => hyperliquid.Exchange.ReadAccountRoleAsync(Address, default),
        "portfolio" => hyperliquid.Exchange.ReadStatedValueAsync(Address, default),
        "spotClearinghouseState" => hyperliquid.Exchange.ReadSpotAccountAsync(Address, default),
        _ => hyperliquid.Exchange.ReadOpenOrdersAsync(Address, PerpDex.Main, default),
    };
}
