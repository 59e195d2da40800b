using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Data.Tests.Upstream;

public sealed class PricesTests : IAsyncLifetime
{
    private HyperliquidConnection hyperliquid = null!;

    public async Task InitializeAsync()
    {
        hyperliquid = await HyperliquidConnection.StartAsync(("Hyperliquid:Retries", "0"));
        hyperliquid.Upstream.Answer("perpDexs", """[null,{"name":"xyz","fullName":"XYZ"}]""");
        hyperliquid.Upstream.Answer("meta", """{"universe":[{"name":"xyz:AAPL","szDecimals":3,"maxLeverage":10}],"collateralToken":360}""");
        hyperliquid.Upstream.Answer("spotMeta", """
            {"tokens":[{"name":"USDC","szDecimals":8,"index":0},{"name":"PURR","index":1},{"name":"HYPE","index":150},{"name":"USDH","index":360},{"name":"NEW","index":400},{"name":"DEAD","index":500}],
             "universe":[{"name":"@300","tokens":[150,360],"index":300},{"name":"PURR/USDC","tokens":[1,0],"index":0,"isCanonical":true},{"name":"@107","tokens":[150,0],"index":107},
              {"name":"@230","tokens":[360,0],"index":230},{"name":"@310","tokens":[400,360],"index":310},{"name":"@311","tokens":[500,0],"index":311}]}
            """);
        hyperliquid.Upstream.Answer(
            "allMids",
            """{"BTC":"91000.5","OLD":"0.0","PURR/USDC":"0.2","@107":"40.5","@300":"99","@230":"0.999","@310":"2","@311":"0.0","#14730":null}""");
    }

    public async Task DisposeAsync() => await hyperliquid.DisposeAsync();

    [Fact]
    public async Task ReadPricesAsync_PricesTokensByTheirMarkets_AndZeroIsNoPrice()
    {
        var prices = await hyperliquid.Exchange.ReadPricesAsync(default);

        Assert.Equal(
            [KeyValuePair.Create(0, 1m), KeyValuePair.Create(1, 0.2m), KeyValuePair.Create(150, 40.5m), KeyValuePair.Create(360, 0.999m), KeyValuePair.Create(400, 1.998m)],
            prices.Tokens.OrderBy(price => price.Key));
        Assert.Equal(91000.5m, prices.Markets["BTC"]);
        Assert.False(prices.Markets.ContainsKey("OLD") || prices.Markets.ContainsKey("#14730"));
        Assert.Equal((40.5m, null), (prices.Of(new SpotBalance("HYPE", 150, 1, 0)), prices.Of(new SpotBalance("DEAD", 500, 1, 0))));
    }

    [Fact]
    public async Task ReadPricesAsync_SharesTheMidsOfTheLastTwoSeconds_AndKeepsTheRestForLonger()
    {
        await hyperliquid.Exchange.ReadPricesAsync(default);
        await hyperliquid.Exchange.InBackground.ReadPricesAsync(default);
        Assert.Equal(2, hyperliquid.Asked);

        hyperliquid.Clock.Advance(TimeSpan.FromSeconds(2));
        await hyperliquid.Exchange.ReadPricesAsync(default);
        Assert.Equal(3, hyperliquid.Asked);

        hyperliquid.Clock.Advance(TimeSpan.FromHours(1));
        await hyperliquid.Exchange.ReadPricesAsync(default);
        Assert.Equal(5, hyperliquid.Asked);
    }

    [Fact]
    public async Task ReadPerpDexesAsync_TheMainOneFirst_WithWhatEachHolds()
    {
        Assert.Equal([new PerpDex(PerpDex.Main, 0), new PerpDex("xyz", 360)], await hyperliquid.Exchange.ReadPerpDexesAsync(default));
        Assert.Equal(40, hyperliquid.Budget.State.Used);
    }
}
