using System.Globalization;
using System.Text.Json;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Data.Upstream.Hyperliquid;
using TraderHub.Data.Upstream.Hyperliquid.Messages;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream;

/// <summary>Answers that the real exchange gave, from 2023 to 2025, through the real client: every row and every digit.</summary>
public sealed class RecordedAnswersTests : IAsyncLifetime
{
    private static readonly string[] NotAsked = ["candleSnapshot", "fundingHistory", "l2Book", "openOrders", "historicalOrders", "extraAgents", "userTwapSliceFills"];

    private HyperliquidConnection hyperliquid = null!;

    public async Task InitializeAsync() => hyperliquid = await HyperliquidConnection.StartAsync(("Hyperliquid:Retries", "0"), ("Hyperliquid:WeightPerMinute", "100000"));

    public async Task DisposeAsync() => await hyperliquid.DisposeAsync();

    [SkippableFact]
    public async Task EveryRecordedAnswer_ThatWeAskFor_IsReadToTheLastDigit()
    {
        var read = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var recorded in RecordedData.Hyperliquid().Where(recorded => !NotAsked.Contains(recorded.Type)))
        {
            hyperliquid.Upstream.Answer(recorded.Type, recorded.Response);
            hyperliquid.Clock.Advance(TimeSpan.FromSeconds(1));

            var actual = await DigitsOfAsync(recorded);

            Assert.Equal(Leaves(JsonDocument.Parse(recorded.Response).RootElement, actual.Fields), actual.Leaves);
            read.Add(recorded.Type);
        }

        Assert.Equal(
            ["allMids", "clearinghouseState", "delegatorHistory", "frontendOpenOrders", "meta", "portfolio", "userFills", "userFillsByTime", "userFunding", "userNonFundingLedgerUpdates", "userRateLimit", "userRole", "userVaultEquities"],
            read);
    }

    [SkippableFact]
    public void EveryRecordedFill_HasAnIdentityOfItsOwn_AlsoWithoutATradesNumber()
    {
        foreach (var recorded in RecordedData.Hyperliquid("userFills"))
        {
            var fills = JsonSerializer.Deserialize(recorded.Response, HyperliquidJson.Default.ListFill)!;

            Assert.All(fills, fill => Assert.Null(fill.Tid));
            Assert.Equal(fills.Count, fills.Select(fill => fill.Identity()).Distinct().Count());
        }
    }

    [SkippableFact]
    public async Task ReadOpenOrdersAsync_TheRecordedOrders_HaveTheirChildrenAndTriggers()
    {
        hyperliquid.Upstream.Answer("frontendOpenOrders", RecordedData.Hyperliquid("frontendOpenOrders").Single().Response);

        var orders = await hyperliquid.Exchange.ReadOpenOrdersAsync(HyperliquidConnection.Address, PerpDex.Main, CancellationToken.None);

        Assert.Equal(["Take Profit Market 10.004", "Stop Market 9.995", "Limit "], orders.Select(Text));
        Assert.Equal(["Stop Market 9.995", "Take Profit Market 10.004"], orders[2].Children.Select(Text));
        Assert.Equal((3184595905, "B", 10.0m, 12.5m, false), (orders[2].OrderId, orders[2].Side, orders[2].LimitPrice, orders[2].Size, orders[2].IsReduceOnly));

        static string Text(OpenOrder order) => string.Create(CultureInfo.InvariantCulture, $"{order.OrderType} {order.TriggerPrice}");
    }

    [SkippableFact]
    public async Task ReadStatedValueAsync_TheRecordedPortfolio_IsTheLastPointOfTheDay()
    {
        hyperliquid.Upstream.Answer("portfolio", RecordedData.Hyperliquid("portfolio").Single().Response);

        var stated = await hyperliquid.Exchange.ReadStatedValueAsync(HyperliquidConnection.Address, CancellationToken.None);

        Assert.Equal((160664370.477425009m, 1755863121304), (stated!.Value, stated.AsOf.ToUnixTimeMilliseconds()));
    }

    /// <summary>What the client made of an answer, and which of the answer's fields it keeps.</summary>
    private async Task<(IReadOnlyList<string> Leaves, IReadOnlySet<string>? Fields)> DigitsOfAsync(RecordedExchange recorded)
    {
        var accounts = new HyperliquidAccounts(hyperliquid.Info);
        var history = new HyperliquidHistory(hyperliquid.Info);
        var user = recorded.Request.TryGetProperty("user", out var text) ? WalletAddress.Parse(text.GetString()!) : default;
        var from = recorded.Request.TryGetProperty("startTime", out var time) ? time.GetInt64() : 0;
        return recorded.Type switch
        {
            "allMids" => (Mids(await PricesAsync()), null),
            "meta" => Whole(await HyperliquidMarket.ReadMetaAsync(hyperliquid.Info, PerpDex.Main, default)),
            "clearinghouseState" => Whole(await accounts.ReadPerpsAsync(user, PerpDex.Main, default)),
            "frontendOpenOrders" => Whole(await accounts.ReadOpenOrdersAsync(user, PerpDex.Main, default)),
            "userVaultEquities" => Whole(await accounts.ReadVaultEquitiesAsync(user, default)),
            "userRole" => Whole(await accounts.ReadRoleAsync(user, default)),
            "userRateLimit" => Whole(await accounts.ReadRateLimitAsync(user, default)),
            "delegatorHistory" => Whole(await history.ReadStakingHistoryAsync(user, default)),
            "userFills" => Whole(await history.ReadNewestFillsAsync(user, default)),
            "userFillsByTime" => Whole(await AllAsync(history.ReadFillsAsync(user, from, null, default))),
            "userFunding" => Whole(await AllAsync(history.ReadFundingAsync(user, from, null, default))),
            "userNonFundingLedgerUpdates" => Whole(await AllAsync(history.ReadLedgerAsync(user, from, null, default))),
            "portfolio" => (Portfolio(await history.ReadPortfolioAsync(user, default)), null),
            _ => throw new NotSupportedException($"Nothing reads the recorded '{recorded.Type}'."),
        };
    }

    private async Task<Prices> PricesAsync()
    {
        hyperliquid.Upstream.Answer("perpDexs", "[null]");
        hyperliquid.Upstream.Answer("spotMeta", """{"tokens":[],"universe":[]}""");
        return await hyperliquid.Exchange.ReadPricesAsync(CancellationToken.None);
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages)
    {
        var all = new List<T>();
        await foreach (var page in pages)
        {
            all.AddRange(page);
        }

        return all;
    }

    private static (IReadOnlyList<string> Leaves, IReadOnlySet<string> Fields) Whole<T>(T message)
    {
        var written = JsonSerializer.SerializeToElement(message, JsonSerializerOptions.Web);
        var fields = Values(written).Select(value => value.Field).ToHashSet(StringComparer.Ordinal);
        return (Leaves(written, fields), fields);
    }

    /// <summary>Every value that is not null, of the fields that the client keeps; in no order, since histories come sorted.</summary>
    private static List<string> Leaves(JsonElement element, IReadOnlySet<string>? fields) => Values(element)
        .Where(value => value.Value.ValueKind != JsonValueKind.Null && fields?.Contains(value.Field) != false)
        .Select(value => $"{value.Field} {value.Value}")
        .Order(StringComparer.Ordinal)
        .ToList();

    private static IEnumerable<(string Field, JsonElement Value)> Values(JsonElement element, string field = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            Values(property.Value, $"{field[(field.LastIndexOf('.') + 1)..]}.{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Values(item, field)),
        _ => [(field, element)],
    };

    private static List<string> Mids(Prices prices) =>
        prices.Markets.Select(price => string.Create(CultureInfo.InvariantCulture, $".{price.Key} {price.Value}")).Order(StringComparer.Ordinal).ToList();

    private static List<string> Portfolio(IReadOnlyDictionary<string, PortfolioPeriod> periods) => periods
        .SelectMany(period => period.Value.AccountValueHistory.Select(point => ("accountValueHistory", point))
            .Concat(period.Value.PnlHistory.Select(point => ("pnlHistory", point)))
            .SelectMany(pair => new[] { $".{pair.Item1} {pair.point.First}", string.Create(CultureInfo.InvariantCulture, $".{pair.Item1} {pair.point.Second}") })
            .Append($" {period.Key}")
            .Append(string.Create(CultureInfo.InvariantCulture, $".vlm {period.Value.Vlm}")))
        .Order(StringComparer.Ordinal)
        .ToList();
}
