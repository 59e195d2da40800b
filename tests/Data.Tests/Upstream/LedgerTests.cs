using System.Globalization;
using NodaTime;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream;

[Trait("Case", "M6")]
public sealed class LedgerTests : IAsyncLifetime
{
    private const string Ledger = "userNonFundingLedgerUpdates";

    private static readonly Instant From = Instant.FromUnixTimeMilliseconds(1_795_250_000_000);

    private HyperliquidConnection hyperliquid = null!;

    public async Task InitializeAsync() => hyperliquid = await HyperliquidConnection.StartAsync();

    public Task DisposeAsync() => hyperliquid.DisposeAsync().AsTask();

    [Fact]
    public async Task ReadLedgerAsync_ARowThatIsNotInTheFormThatWeKnow_KeepsItsTypeAndTheOthers()
    {
        hyperliquid.Upstream.Answer(Ledger, $"[{Row(0, """{"type":"new","amount":{"x":1},"token":7}""")},{Row(1, """{"type":"deposit","usdc":"2703997.4500000002"}""")},{Row(2, "7")}]");

        var rows = await ReadAsync();

        Assert.Equal(["new", "deposit", "unnamed"], rows.Select(row => row.Type));
        Assert.Equal([null, 2703997.4500000002m, null], rows.Select(row => row.Usdc));
        Assert.Contains("\"startTime\":1795250000000", hyperliquid.Upstream.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "M10")]
    public async Task ReadLedgerAsync_ARowThatNamesAnExchangeOfPerpetuals_KeepsItsName()
    {
        hyperliquid.Upstream.Answer(
            Ledger,
            $"[{Row(0, $$"""{"type":"send","user":"{{HyperliquidConnection.Address}}","destination":"{{HyperliquidConnection.Address}}","sourceDex":"spot","destinationDex":"xyz"}""")},{Row(1, """{"type":"activateDexAbstraction","dex":"flx","token":"USDC","amount":"5.0"}""")}]");

        Assert.Equal(["xyz", "flx"], (await ReadAsync()).SelectMany(row => row.DexesOf(HyperliquidConnection.Address)));
    }

    [Fact]
    public async Task ReadLedgerAsync_OverSeveralPages_HasEachRowOnce_AndEachOfTwoAlike()
    {
        // A full page whose last millisecond has two rows that are alike; the next page begins with them, and with a third.
        var first = Enumerable.Range(0, 498).Select(i => Row(i, Deposit)).Concat([Row(900, Deposit), Row(900, Deposit)]);
        string[] second = [Row(900, Deposit), Row(900, Deposit), Row(900, Deposit), Row(901, Deposit)];
        hyperliquid.Upstream.Answer(Ledger, async http =>
        {
            http.Response.ContentType = "application/json";
            var isFirst = UpstreamDouble.QuestionOf(http).Contains("\"startTime\":1795250000000", StringComparison.Ordinal);
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, $"[{string.Join(',', isFirst ? first : second)}]");
        });

        Assert.Equal(502, (await ReadAsync()).Count);
    }

    private const string Deposit = """{"type":"deposit","usdc":"1.0"}""";

    private static string Row(int after, string delta) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"time":{{1_795_250_000_000 + after}},"hash":"0xab","delta":{{delta}}}""");

    private Task<IReadOnlyList<LedgerRow>> ReadAsync() => hyperliquid.Exchange.ReadLedgerAsync(HyperliquidConnection.Address, From, CancellationToken.None);
}
