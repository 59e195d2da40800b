using System.Text.Json;
using TraderHub.LocalHost.Demo.Simulated;

namespace TraderHub.Functions.Tests.Demo;

public sealed class SimulatedModesTests
{
    [Theory]
    [InlineData("disabled", "disabled")]
    [InlineData("unified", "unifiedAccount")]
    [InlineData("portfolio-margin", "portfolioMargin")]
    [InlineData("default", "default")]
    [InlineData("hip3", "disabled")]
    [InlineData("sub-account", "disabled")]
    [InlineData("empty", "default")]
    public async Task TheTotalByTheModesRule_IsWhatThePortfolioStates(string kind, string mode)
    {
        await using var client = await SimulatedClient.StartAsync(kind);
        var mids = await PricesAsync(client);
        var spot = (await client.AskAsync("spotClearinghouseState")).GetProperty("balances").EnumerateArray()
            .Sum(balance => balance.Amount("total") * PriceOf(mids, balance.Word("coin")));
        var perps = await PerpsAsync(client, "") + (await PerpsAsync(client, "xyz") * mids["@230"]);
        var vaults = (await client.AskAsync("userVaultEquities")).EnumerateArray().Sum(vault => vault.Amount("equity"));

        var portfolio = await client.AskAsync("portfolio");

        Assert.Equal(mode, (await client.AskAsync("userAbstraction")).GetString());
        var total = mode is "unifiedAccount" or "portfolioMargin" ? spot : perps + spot;
        var stated = Last(portfolio[0]);
        Assert.InRange(stated - total - vaults, -0.001m, 0.001m);
        Assert.Equal(kind == "empty", total == 0);
        Assert.True(kind == "empty" || perps > 0);
    }

    [Theory]
    [InlineData("unified")]
    [InlineData("portfolio-margin")]
    public async Task InUnifiedModes_WhatPositionsUseIsHeldOnSpot(string kind)
    {
        await using var client = await SimulatedClient.StartAsync(kind);

        var usdc = (await client.AskAsync("spotClearinghouseState")).GetProperty("balances").EnumerateArray().Single(balance => balance.Word("coin") == "USDC");
        var perps = await client.AskAsync("clearinghouseState");

        Assert.InRange(usdc.Amount("hold"), perps.Amount("marginSummary", "totalMarginUsed"), usdc.Amount("total"));
        Assert.True(perps.Amount("marginSummary", "accountValue") < usdc.Amount("total"));
    }

    [Fact]
    public async Task Portfolio_HasEightPeriodsWhoseProfitsBeginAtZero()
    {
        await using var client = await SimulatedClient.StartAsync();

        var portfolio = (await client.AskAsync("portfolio")).EnumerateArray().ToList();

        Assert.Equal(
            ["day", "week", "month", "allTime", "perpDay", "perpWeek", "perpMonth", "perpAllTime"], portfolio.Select(period => period[0].GetString()!));
        Assert.All(portfolio, period => Assert.Equal("0.0", period[1].GetProperty("pnlHistory")[0][1].GetString()));
        Assert.All(portfolio.Take(4), period => Assert.Equal(Last(portfolio[0]), Last(period)));
    }

    [Fact]
    public async Task OpenOrders_TakeProfitStopLossesAndHoldMoneyOnSpot()
    {
        await using var client = await SimulatedClient.StartAsync();
        var mids = await PricesAsync(client);

        var orders = (await client.AskAsync("frontendOpenOrders")).EnumerateArray().ToList();
        var usdc = (await client.AskAsync("spotClearinghouseState")).GetProperty("balances").EnumerateArray().Single(balance => balance.Word("coin") == "USDC");

        Assert.Equal(["Limit", "Stop Market", "Take Profit Market"], orders.Select(order => order.Word("orderType")).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(orders.Count, orders.Select(order => order.GetProperty("oid").GetInt64()).Distinct().Count());
        var bid = orders.Single(order => order.Word("coin") == "@107");
        Assert.Equal(usdc.Amount("hold"), bid.Amount("sz") * bid.Amount("limitPx"));
        Assert.All(orders.Where(order => order.GetProperty("isTrigger").GetBoolean()), order =>
            Assert.Equal(order.Word("triggerCondition").StartsWith("Price above", StringComparison.Ordinal), order.Amount("triggerPx") > mids[order.Word("coin")]));
    }

    [Fact]
    public async Task OnAnotherDex_TheAccountIsInItsCollateral()
    {
        await using var client = await SimulatedClient.StartAsync("hip3");

        var account = await client.AskAsync("clearinghouseState", ",\"dex\":\"xyz\"");
        var main = await client.AskAsync("clearinghouseState");

        Assert.Equal(["xyz:AAPL", "xyz:TSLA"], account.GetProperty("assetPositions").EnumerateArray().Select(each => each.GetProperty("position").Word("coin")));
        Assert.Equal(["ETH"], main.GetProperty("assetPositions").EnumerateArray().Select(each => each.GetProperty("position").Word("coin")));
        Assert.InRange(account.Amount("marginSummary", "accountValue"), 500, 10_000);
    }

    [Fact]
    public async Task Staking_IsTheDepositAndItsRewards()
    {
        await using var client = await SimulatedClient.StartAsync();

        var summary = await client.AskAsync("delegatorSummary");
        var rewards = (await client.AskAsync("delegatorRewards")).EnumerateArray().Sum(reward => reward.Amount("totalAmount"));
        var deposits = (await client.AskAsync("delegatorHistory")).EnumerateArray().Select(row => row.GetProperty("delta"))
            .Where(delta => delta.TryGetProperty("cDeposit", out _)).Sum(delta => delta.Amount("cDeposit", "amount"));

        Assert.Equal(summary.Amount("delegated"), deposits + rewards);
        Assert.Equal(summary.Amount("delegated"), (await client.AskAsync("delegations"))[0].Amount("amount"));
    }

    private static decimal Last(JsonElement period) =>
        decimal.Parse(period[1].GetProperty("accountValueHistory").EnumerateArray().Last()[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<decimal> PerpsAsync(SimulatedClient client, string dex) =>
        (await client.AskAsync("clearinghouseState", $",\"dex\":\"{dex}\"")).Amount("marginSummary", "accountValue");

    private static async Task<Dictionary<string, decimal>> PricesAsync(SimulatedClient client) =>
        (await client.AskAsync("allMids")).EnumerateObject().ToDictionary(price => price.Name, price => decimal.Parse(price.Value.GetString()!, System.Globalization.CultureInfo.InvariantCulture));

    private static decimal PriceOf(Dictionary<string, decimal> mids, string token) => token == "USDC" ? 1 : mids[SimulatedListings.PairOf(token).Name];
}
