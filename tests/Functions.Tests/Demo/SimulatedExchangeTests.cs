using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Data;
using TraderHub.Data.Platform;
using TraderHub.LocalHost.Demo.Simulated;

namespace TraderHub.Functions.Tests.Demo;

public sealed class SimulatedExchangeTests
{
    private static readonly string[] AboutAccounts =
    [
        "clearinghouseState", "spotClearinghouseState", "userAbstraction", "delegatorSummary", "delegations", "delegatorRewards", "delegatorHistory",
        "userVaultEquities", "frontendOpenOrders", "userFills", "userFillsByTime", "userFunding", "userNonFundingLedgerUpdates", "portfolio", "userRole",
        "userRateLimit",
    ];

    [Fact]
    public async Task EveryRequest_AboutEveryKindOfAccount_IsAnsweredWithJson()
    {
        await using var client = await SimulatedClient.StartAsync();

        foreach (var user in SimulatedAccounts.Kinds.Select(kind => SimulatedAccounts.AddressOf(kind).ToString()).Append("0x00000000000000000000000000000000000000FF"))
        {
            foreach (var type in AboutAccounts)
            {
                var answer = await client.AskAsync(type, ",\"startTime\":0,\"endTime\":null", user);
                Assert.NotEqual(JsonValueKind.Null, answer.ValueKind);
            }
        }
    }

    [Fact]
    public async Task AnUnknownAddress_HasAnEmptyStateAndNoRole()
    {
        await using var client = await SimulatedClient.StartAsync();
        const string Unknown = "0x00000000000000000000000000000000000000ff";

        var perps = await client.AskAsync("clearinghouseState", user: Unknown);

        Assert.Equal((0m, 0m), (perps.Amount("marginSummary", "accountValue"), perps.Amount("withdrawable")));
        Assert.Equal(0, perps.GetProperty("assetPositions").GetArrayLength());
        Assert.Equal("missing", (await client.AskAsync("userRole", user: Unknown)).Word("role"));
        Assert.Equal(8, (await client.AskAsync("portfolio", user: Unknown)).GetArrayLength());
    }

    [Theory]
    [InlineData("agent", "agent", "user")]
    [InlineData("sub-account", "subAccount", "master")]
    public async Task UserRole_OfWhatBelongsToAnAccount_NamesIt(string kind, string role, string field)
    {
        await using var client = await SimulatedClient.StartAsync(kind);

        var answer = await client.AskAsync("userRole");

        Assert.Equal(role, answer.Word("role"));
        Assert.Equal(SimulatedAccounts.AddressOf("disabled").ToString(), answer.GetProperty("data").Word(field));
    }

    [Fact]
    public async Task Markets_AreListedWithTheirPricesAndCollateral()
    {
        await using var client = await SimulatedClient.StartAsync();

        var mids = await AskAsync(client, """{"type":"allMids"}""");
        var others = await AskAsync(client, """{"type":"allMids","dex":"xyz"}""");
        var dexes = (await AskAsync(client, """{"type":"perpDexs"}""")).EnumerateArray().ToList();
        var pairs = (await AskAsync(client, """{"type":"spotMeta"}""")).GetProperty("universe").EnumerateArray().Select(pair => pair.Word("name"));

        Assert.Equal((JsonValueKind.Null, "xyz"), (dexes[0].ValueKind, dexes[1].Word("name")));
        Assert.Equal(0, (await AskAsync(client, """{"type":"meta"}""")).GetProperty("collateralToken").GetInt32());
        Assert.Equal(360, (await AskAsync(client, """{"type":"meta","dex":"xyz"}""")).GetProperty("collateralToken").GetInt32());
        Assert.All([.. pairs, "PURR/USDC", "@107", "BTC"], market => Assert.True(mids.Amount(market) > 0));
        Assert.True(others.Amount("xyz:AAPL") > 0);
        Assert.Equal(JsonValueKind.Array, (await AskAsync(client, """{"type":"predictedFundings"}"""))[0][1].ValueKind);
        var candles = await AskAsync(client, """{"type":"candleSnapshot","req":{"coin":"BTC","interval":"1d","startTime":1794960000000,"endTime":1795132800000}}""");
        Assert.Equal([1794960000000, 1795046400000, 1795132800000], candles.EnumerateArray().Select(candle => candle.GetProperty("t").GetInt64()));
        Assert.Equal(JsonValueKind.Null, (await AskAsync(client, """{"type":"exchangeStatus"}""")).GetProperty("specialStatuses").ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":\"somethingElse\"}")]
    [InlineData("{\"type\":\"clearinghouseState\"}")]
    [InlineData("{\"type\":\"clearinghouseState\",\"user\":\"0x12\"}")]
    [InlineData("{\"type\":\"allMids\",\"dex\":\"nobodys\"}")]
    [InlineData("{\"type\":\"userFillsByTime\",\"user\":\"0x2c7536e3605d9c16a7a3d7b1898e529396a65c23\"}")]
    [InlineData("{\"type\":\"userFunding\",\"user\":\"0x2c7536e3605d9c16a7a3d7b1898e529396a65c23\",\"startTime\":\"0\"}")]
    public async Task AWrongBody_IsRefusedAsTheRealOneDoes(string body)
    {
        await using var client = await SimulatedClient.StartAsync();

        using var response = await client.PostAsync(body);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "text/plain"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("Failed to deserialize the JSON body", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheProductsClient_ReadsTheTradersAccountWhole()
    {
        await using var client = await SimulatedClient.StartAsync();
        var settings = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection([new("Hyperliquid:BaseUrl", client.Exchange.Address.ToString())]).Build());
        await using var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(client.Clock).AddHyperliquid(settings).BuildServiceProvider();
        var exchange = services.GetRequiredService<IExchange>();

        var perps = await exchange.ReadPerpAccountAsync(SimulatedClient.Wallet, PerpDex.Main, CancellationToken.None);
        var spot = await exchange.ReadSpotAccountAsync(SimulatedClient.Wallet, CancellationToken.None);

        Assert.True(perps.AccountValue > 10_000, $"The account is worth {perps.AccountValue}.");
        Assert.NotEmpty(perps.Positions);
        Assert.Equal(perps.Notional, perps.Positions.Sum(position => position.Value));
        Assert.Equal(["HYPE", "PURR", "USDC"], spot.Balances.Select(balance => balance.Coin));
    }

    [Fact]
    public async Task Weight_IsCountedByTheDocumentedRuleAndForgottenAfterAMinute()
    {
        await using var client = await SimulatedClient.StartAsync();
        var fills = (await client.AskAsync("userFills")).GetArrayLength();
        await client.AskAsync("clearinghouseState");
        await client.AskAsync("userRole");
        var expected = 20 + (fills / 20) + 2 + 60;

        Assert.Equal((expected, expected), (client.Exchange.Weight.Used, client.Exchange.Weight.Maximum));
        client.Clock.Advance(TimeSpan.FromSeconds(60));
        await client.AskAsync("allMids");

        Assert.Equal((2, expected), (client.Exchange.Weight.Used, client.Exchange.Weight.Maximum));
    }

    [Fact]
    public async Task ALimit_WhenReached_Answers429WithNullUntilTheMinuteIsOver()
    {
        await using var client = await SimulatedClient.StartAsync(options: new SimulatedExchangeOptions { WeightPerMinute = 5 });
        const string Cheap = """{"type":"exchangeStatus"}""";

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await client.PostAsync(Cheap);
            statuses.Add(response.StatusCode);
        }

        using var refused = await client.PostAsync(Cheap);
        client.Clock.Advance(TimeSpan.FromSeconds(60));
        using var after = await client.PostAsync(Cheap);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
        Assert.Equal("null", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal((4, 2L), (client.Exchange.Weight.Maximum, client.Exchange.Weight.Refused));
    }

    [Fact]
    public async Task Faults_HitTheShareOfRequestsThatWasAskedFor()
    {
        var faults = new SimulatedFaults { InternalErrors = 0.1, BadGateways = 0.2, BrokenBodies = 0.3 };
        await using var client = await SimulatedClient.StartAsync(options: new SimulatedExchangeOptions { Faults = faults, WeightPerMinute = null });

        var outcomes = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            outcomes.Add(await OutcomeAsync(client));
        }

        Assert.InRange(outcomes.Count(outcome => outcome == "500 null"), 8, 12);
        Assert.InRange(outcomes.Count(outcome => outcome.StartsWith("502 <html>", StringComparison.Ordinal)), 18, 22);
        Assert.InRange(outcomes.Count(outcome => outcome == "broken"), 28, 32);
    }

    private static async Task<string> OutcomeAsync(SimulatedClient client)
    {
        try
        {
            using var response = await client.PostAsync("""{"type":"spotMeta"}""");
            return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }
        catch (HttpRequestException)
        {
            return "broken";
        }
    }

    private static async Task<JsonElement> AskAsync(SimulatedClient client, string body)
    {
        using var response = await client.PostAsync(body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
