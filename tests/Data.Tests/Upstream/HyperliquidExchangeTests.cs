using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Data.Platform;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream;

public sealed class HyperliquidExchangeTests : IAsyncLifetime
{
    private const string Perps = "clearinghouseState";
    private const string Spot = "spotClearinghouseState";

    private const string Account = """
        {"marginSummary":{"accountValue":"83.307638","totalNtlPos":"75.652","totalRawUsd":"7.655638","totalMarginUsed":"7.525754"},
         "withdrawable":"75.781884","assetPositions":[{"type":"oneWay","position":{"coin":"HYPE","szi":"2.0",
         "leverage":{"type":"isolated","value":10,"rawUsd":"-68.126246"},"entryPx":"37.829","positionValue":"75.652","unrealizedPnl":"-0.006",
         "returnOnEquity":"-0.0007930424","liquidationPx":"35.8559189474","marginUsed":"7.525754","maxLeverage":10,"somethingNew":{"x":1}}},
         {"type":"oneWay","position":{"coin":"BTC","szi":"0.0","leverage":{"type":"cross","value":20},"positionValue":"0.0",
         "unrealizedPnl":"0.0","returnOnEquity":"0.0","liquidationPx":null,"marginUsed":"0.0"}}],"time":1754467216357}
        """;

    private static readonly WalletAddress Address = WalletAddress.Parse("0xABCDEF0000000000000000000000000000000001");

    private readonly ManualClock clock = new("2026-11-21T09:30:00Z");
    private readonly CapturedLog log = new();
    private UpstreamDouble upstream = null!;
    private ServiceProvider services = null!;

    public async Task InitializeAsync()
    {
        upstream = await UpstreamDouble.StartAsync();
        services = Connect(upstream.Address.ToString());
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task ReadPerpAccountAsync_TodaysShape_IsReadToTheLastDigit()
    {
        upstream.Answer(Perps, Account);

        var account = await ReadPerpsAsync();

        Assert.Equal(
            (83.307638m, 75.781884m, 7.525754m, 75.652m, Instant.FromUnixTimeMilliseconds(1754467216357)),
            (account.AccountValue, account.Withdrawable, account.MarginUsed, account.Notional, account.AsOf));
        Assert.Equal(
            [new Position("HYPE", 2.0m, 37.829m, 75.652m, -0.006m, -0.0007930424m, 35.8559189474m, 7.525754m, 10, "isolated", 10)], account.Positions);
    }

    [Fact]
    public async Task ReadPerpAccountAsync_AsksWithTheLowerCaseAddressAndSaysItsLength()
    {
        long? length = null;
        upstream.Answer(Perps, async http =>
        {
            length = http.Request.ContentLength;
            http.Response.ContentType = http.Request.ContentType;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, Account);
        });

        await ReadPerpsAsync();

        Assert.Equal(upstream.Requests.Single().Length, length);
        Assert.Equal(["""{"type":"clearinghouseState","user":"0xabcdef0000000000000000000000000000000001"}"""], upstream.Requests);
    }

    [SkippableFact]
    public async Task ReadPerpAccountAsync_EveryRecordedAnswer_ComesOutWhole()
    {
        foreach (var recorded in RecordedData.Hyperliquid(Perps))
        {
            upstream.Answer(Perps, recorded.Response);

            var account = await ReadPerpsAsync();

            var summary = System.Text.Json.JsonDocument.Parse(recorded.Response).RootElement;
            Assert.Equal(summary.GetProperty("marginSummary").GetProperty("accountValue").GetString(), Text(account.AccountValue));
            Assert.Equal(summary.GetProperty("marginSummary").GetProperty("totalNtlPos").GetString(), Text(account.Notional));
            Assert.Equal(summary.GetProperty("marginSummary").GetProperty("totalMarginUsed").GetString(), Text(account.MarginUsed));
            Assert.Equal(summary.GetProperty("withdrawable").GetString(), Text(account.Withdrawable));
            Assert.Equal(
                summary.GetProperty("assetPositions").EnumerateArray().Select(asset => asset.GetProperty("position")).Select(position =>
                    $"{position.GetProperty("coin")} {position.GetProperty("szi")} {position.GetProperty("entryPx")} {position.GetProperty("unrealizedPnl")} {position.GetProperty("liquidationPx")}"),
                account.Positions.Select(position =>
                    $"{position.Coin} {Text(position.Size)} {Text(position.EntryPrice)} {Text(position.UnrealizedPnl)} {Text(position.LiquidationPrice)}"));
        }
    }

    [SkippableFact]
    public async Task ReadBoth_EveryOtherRecordedAnswer_IsRefusedAndNeverTakenForAnAccount()
    {
        foreach (var recorded in RecordedData.Hyperliquid().Where(recorded => recorded.Type != Perps))
        {
            upstream.Answer(Perps, recorded.Response);
            upstream.Answer(Spot, recorded.Response);

            await AssertFailsAsync(UpstreamFailure.BadAnswer, ReadPerpsAsync);
            await AssertFailsAsync(UpstreamFailure.BadAnswer, ReadSpotAsync);
        }
    }

    [Fact]
    public async Task ReadSpotAccountAsync_TodaysShape_KeepsEveryBalance()
    {
        upstream.Answer(Spot, """
            {"balances":[{"coin":"USDC","token":0,"total":"2.77363","hold":"0.5","entryNtl":"0.0"},
             {"coin":"+92260","total":"-1.0","hold":"0.0"},{"coin":"HYPE","token":150,"total":"0.00959057","hold":"0.0"}],
             "evmEscrows":[],"portfolioMarginEnabled":true}
            """);

        var account = await ReadSpotAsync();

        Assert.Equal(
            [new SpotBalance("USDC", 0, 2.77363m, 0.5m), new SpotBalance("+92260", null, -1.0m, 0.0m), new SpotBalance("HYPE", 150, 0.00959057m, 0.0m)], account.Balances);
    }

    [Theory]
    [InlineData(429, "application/json", "null", UpstreamFailure.RateLimited)]
    [InlineData(500, "application/json", "null", UpstreamFailure.Failed)]
    [InlineData(502, "text/html", "<html>502 Bad Gateway</html>", UpstreamFailure.Failed)]
    [InlineData(422, "text/plain", "Failed to deserialize the JSON body into the target type", UpstreamFailure.BadAnswer)]
    [InlineData(200, "text/html", "<html>OK</html>", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", "null", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", "", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", "[]", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", "{}", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", """{"marginSummary":{},"withdrawable":"1","assetPositions":[]}""", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", """{"marginSummary":null,"withdrawable":"1","assetPositions":[null]}""", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", """{"marginSummary":{"accountValue":"abc"}}""", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", """{"marginSummary":{"accountValue":"1"}""", UpstreamFailure.BadAnswer)]
    public async Task ReadPerpAccountAsync_AnAnswerThatIsNoAccount_SaysSo(int status, string contentType, string body, UpstreamFailure failure)
    {
        upstream.Answer(Perps, status, contentType, body);

        await AssertFailsAsync(failure, ReadPerpsAsync);
    }

    [Fact]
    public async Task ReadPerpAccountAsync_HalfABody_IsNotAnAccount()
    {
        upstream.AnswerHalf(Perps, Account);

        await AssertFailsAsync(UpstreamFailure.BadAnswer, ReadPerpsAsync);
    }

    [Fact]
    public async Task ReadPerpAccountAsync_ABodyWithoutEnd_IsGivenUp()
    {
        upstream.Answer(Perps, async http =>
        {
            http.Response.ContentType = "application/json";
            var chunk = new byte[1024 * 1024];
            Array.Fill(chunk, (byte)' ');
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
            }
        });

        await AssertFailsAsync(UpstreamFailure.BadAnswer, ReadPerpsAsync);
    }

    [Fact]
    public async Task ReadPerpAccountAsync_NoAnswerInTime_IsATimeout()
    {
        var asked = new TaskCompletionSource();
        upstream.Answer(Perps, async http =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        });

        var read = ReadPerpsAsync();
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(UpstreamFailure.Timeout, (await Assert.ThrowsAsync<UpstreamException>(() => read)).Failure);
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task ReadPerpAccountAsync_ACallerWhoLeaves_IsNotAFailureOfTheUpstream()
    {
        upstream.NeverAnswer(Perps);
        using var caller = new CancellationTokenSource();

        var read = Exchange.ReadPerpAccountAsync(Address, PerpDex.Main, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task ReadPerpAccountAsync_NobodyThere_IsUnreachable()
    {
        await upstream.DisposeAsync();

        await AssertFailsAsync(UpstreamFailure.Unreachable, ReadPerpsAsync);
    }

    private IExchange Exchange => services.GetRequiredService<IExchange>();

    private Task<PerpAccount> ReadPerpsAsync() => Exchange.ReadPerpAccountAsync(Address, PerpDex.Main, CancellationToken.None);

    private Task<SpotAccount> ReadSpotAsync() => Exchange.ReadSpotAccountAsync(Address, CancellationToken.None);

    private async Task AssertFailsAsync<T>(UpstreamFailure failure, Func<Task<T>> read)
    {
        log.Lines.Clear();
        var exception = await Assert.ThrowsAsync<UpstreamException>(read);
        Assert.Equal(failure, exception.Failure);
        Assert.Single(log.Lines);
    }

    private ServiceProvider Connect(string address)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Hyperliquid:BaseUrl", address), new("Hyperliquid:Retries", "0")]).Build();
        return new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddLogging(logging => logging.AddProvider(log))
            .AddHyperliquid(new SettingsReader(configuration))
            .BuildServiceProvider();
    }

    private static string Text(decimal? amount) => amount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty;
}
