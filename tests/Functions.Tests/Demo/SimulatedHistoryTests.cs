using TraderHub.LocalHost.Demo.Simulated;

namespace TraderHub.Functions.Tests.Demo;

public sealed class SimulatedHistoryTests
{
    [Fact]
    public async Task TheTradersMoney_IsWhatItsHistorySays()
    {
        await using var client = await SimulatedClient.StartAsync();
        var fills = await client.WalkFillsAsync();
        var funding = await client.WalkFundingAsync();
        var ledger = (await client.AskAsync("userNonFundingLedgerUpdates", ",\"startTime\":0")).EnumerateArray().Select(row => row.GetProperty("delta")).ToList();
        var perps = await client.AskAsync("clearinghouseState");

        var flows = ledger.Sum(delta => delta.Word("type") switch
        {
            "deposit" => delta.Amount("usdc"),
            "withdraw" => -delta.Amount("usdc") - delta.Amount("fee"),
            "accountClassTransfer" or "vaultDeposit" => -delta.Amount("usdc"),
            _ => 0,
        });
        var own = fills.Where(fill => !fill.Word("coin").Contains('@') && !fill.Word("coin").Contains('/')).ToList();
        var realised = own.Sum(fill => fill.Amount("closedPnl") - fill.Amount("fee")) + funding.Sum(row => row.Amount("delta", "usdc"));
        var open = perps.GetProperty("assetPositions").EnumerateArray().Sum(position => position.Amount("position", "unrealizedPnl"));

        Assert.Equal(perps.Amount("marginSummary", "accountValue"), flows + realised + open);
    }

    [Fact]
    public async Task Positions_AreWhatTheFillsLeave()
    {
        await using var client = await SimulatedClient.StartAsync();
        var held = new Dictionary<string, decimal>();

        foreach (var fill in await client.WalkFillsAsync())
        {
            Assert.Equal(held.GetValueOrDefault(fill.Word("coin")), fill.Amount("startPosition"));
            held[fill.Word("coin")] = fill.Amount("startPosition") + (fill.Word("side") == "B" ? fill.Amount("sz") : -fill.Amount("sz"));
        }

        var positions = (await client.AskAsync("clearinghouseState")).GetProperty("assetPositions").EnumerateArray().Select(each => each.GetProperty("position"));
        Assert.Equal(
            held.Where(each => each.Value != 0 && SimulatedListings.Perps.Any(perp => perp.Name == each.Key)).OrderBy(each => each.Key, StringComparer.Ordinal),
            positions.Select(position => KeyValuePair.Create(position.Word("coin"), position.Amount("szi"))));
    }

    [Fact]
    public async Task TheHistory_HasAllThatHappensToTraders()
    {
        await using var client = await SimulatedClient.StartAsync();
        var fills = await client.WalkFillsAsync();
        var directions = fills.Select(fill => fill.Word("dir")).ToHashSet();
        var ledger = (await client.AskAsync("userNonFundingLedgerUpdates", ",\"startTime\":0")).EnumerateArray().Select(row => row.GetProperty("delta").Word("type")).ToList();

        Assert.Superset(new HashSet<string> { "Open Long", "Close Long", "Open Short", "Close Short", "Long > Short", "Short > Long", "Buy" }, directions);
        Assert.Single(fills.Where(fill => fill.TryGetProperty("liquidation", out _)).Select(fill => fill.GetProperty("oid").GetInt64()).Distinct());
        Assert.Contains(fills, fill => fill.Amount("fee") < 0);
        Assert.Contains(fills, fill => fill.Word("feeToken") == "HYPE");
        Assert.Contains(fills, fill => fill.Word("dir") == "Close Long" && fill.Amount("sz") < fill.Amount("startPosition"));
        Assert.Equal(
            ["accountClassTransfer", "cStakingTransfer", "deposit", "liquidation", "vaultDeposit", "withdraw"], ledger.Distinct().Order(StringComparer.Ordinal));
        Assert.True(fills.Count > 2000, $"There are {fills.Count} fills, one page.");
        Assert.True(fills[0].GetProperty("time").GetInt64() <= client.Clock.GetUtcNow().AddDays(-85).ToUnixTimeMilliseconds());
        Assert.Equal(fills.Count, fills.Select(fill => fill.GetProperty("tid").GetInt64()).Distinct().Count());
    }

    [Fact]
    public async Task TheHistory_GoesOnAndWhatWasToldStays()
    {
        await using var first = await SimulatedClient.StartAsync();
        await using var later = await SimulatedClient.StartAsync(now: "2026-12-01T09:40:00Z");
        var told = (await first.WalkFillsAsync()).ConvertAll(fill => fill.ToString());

        first.Clock.Advance(TimeSpan.FromDays(10));
        var afterwards = (await first.WalkFillsAsync()).ConvertAll(fill => fill.ToString());

        Assert.True(afterwards.Count > told.Count);
        Assert.Equal(told, afterwards.Take(told.Count));
        Assert.Equal(afterwards, (await later.WalkFillsAsync()).ConvertAll(fill => fill.ToString()));
    }

    [Fact]
    public async Task Pages_AreAsLongAsTheRealOnesAndStartAtTheirTime()
    {
        await using var client = await SimulatedClient.StartAsync();
        var fills = (await client.AskAsync("userFillsByTime", ",\"startTime\":0")).EnumerateArray().Select(fill => fill.GetProperty("time").GetInt64()).ToList();
        var newest = (await client.AskAsync("userFills")).EnumerateArray().Select(fill => fill.GetProperty("time").GetInt64()).ToList();
        var next = (await client.AskAsync("userFillsByTime", $",\"startTime\":{fills[^1]}"))[0].GetProperty("time").GetInt64();

        Assert.Equal((2000, 2000), (fills.Count, newest.Count));
        Assert.Equal(fills.Order(), fills);
        Assert.Equal(newest.OrderDescending(), newest);
        Assert.Equal(fills[^1], next);
        Assert.Equal(500, (await client.AskAsync("userFunding", ",\"startTime\":0")).GetArrayLength());
    }

    [Fact]
    public void Prices_MoveSmoothly()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_795_253_400);

        foreach (var market in SimulatedListings.Perps.Select(perp => perp.Name).Concat(SimulatedListings.Pairs.Select(pair => pair.Name)))
        {
            var prices = Enumerable.Range(0, 600).Select(second => SimulatedMarket.PriceOf(market, at.AddSeconds(second))).ToList();

            Assert.True(prices.Distinct().Count() > 1, $"{market} stands still.");
            Assert.All(prices.Zip(prices.Skip(1)), pair => Assert.InRange(pair.Second / pair.First, 0.999m, 1.001m));
        }

    }
}
