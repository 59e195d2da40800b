using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals.Market;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream;

/// <summary>The charts that signals rest on, from a real HTTP server, also a bad one.</summary>
public sealed class PriceChartTests : IAsyncLifetime
{
    private readonly ManualClock clock = new("2026-11-20T15:10:07Z");
    private QuotesDouble quotes = null!;
    private ServiceProvider services = null!;

    public async Task InitializeAsync()
    {
        quotes = await QuotesDouble.StartAsync();
        services = Connect(clock);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await quotes.DisposeAsync();
    }

    [Fact]
    [Trait("Case", "S13")]
    public async Task Read_ANullBar_LeavesThatRowOut_AndAsksUpToNow()
    {
        quotes.Answer("SPY", 200, "application/json", """
            {"chart":{"result":[{"meta":{"regularMarketPrice":101.5},"timestamp":[1,2,3],"indicators":{"quote":[{"close":[100,null,101]}]}}],"error":null}}
            """);

        var chart = await ReadAsync();

        Assert.Equal((101.5, "100 101"), (chart.CurrentPrice, Closes(chart)));
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal([$"SPY?period1={now - (300 * 86_400)}&period2={now}&interval=1d&events=history"], quotes.Requests);
    }

    [Theory]
    [Trait("Case", "S13")]
    [InlineData("[5,3,4]", """ "close":[12,10,11],"open":[12,10,11],"high":[12,10,11],"low":[12,10,11]""", "10 11 12")]
    [InlineData("[1,2,3,4]", """ "close":[10,11,12],"open":[1,1],"high":[20,20,20],"low":[1,1,1]""", "10 11")]
    [InlineData("[1,2]", """ "close":[10,11,12,13]""", "10 11")]
    [InlineData("[1,2,3]", """ "close":[10,11,12],"open":[1,null,1],"high":[20,20,20],"low":[1,1,"NaN"]""", "10")]
    [InlineData("[1,2,3,4,5,6]", """ "close":["NaN","11",0,-1,1e400,12]""", "12")]
    [InlineData("[1,null,\"3\",4.5,5]", """ "close":[10,11,12,13,14]""", "10 14")]
    [InlineData("[1,2,2]", """ "close":[10,11,12]""", "10 12")]
    [InlineData("[1,2,3]", """ "close":[10,11,12],"volume":[1]""", "10 11 12")]
    [InlineData("[1,2]", """ "close":[null,null]""", "")]
    [InlineData("[]", """ "close":[]""", "")]
    public async Task Read_RowsOfAnyKind_AreTheWholeOnes_InOrder(string times, string quote, string closes)
    {
        quotes.Answer("SPY", 200, "text/plain", Chart($$"""{"regularMarketPrice":101.5}""", times, quote));

        Assert.Equal(closes, Closes(await ReadAsync()));
    }

    [Theory]
    [Trait("Case", "S13")]
    [InlineData("""{"chart":{"result":[{"meta":{},"timestamp":[1],"indicators":{"quote":[{"close":[10]}]}}],"error":null}}""")]
    [InlineData("""{"chart":{"result":[{"meta":{"regularMarketPrice":0},"timestamp":[1],"indicators":{"quote":[{"close":[10]}]}}],"error":null}}""")]
    [InlineData("""{"chart":{"result":[{"meta":{"regularMarketPrice":null},"timestamp":[1],"indicators":{"quote":[{"close":[10]}]}}],"error":null}}""")]
    [InlineData("""{"chart":{"result":[{"meta":{"regularMarketPrice":-1},"timestamp":[1],"indicators":{"quote":[{"close":[10]}]}}],"error":null}}""")]
    [InlineData("""{"chart":{"result":[{"meta":{"regularMarketPrice":"NaN"},"timestamp":[1],"indicators":{"quote":[{"close":[10]}]}}],"error":null}}""")]
    [InlineData("""{"chart":{"result":[{"meta":{"regularMarketPrice":1},"timestamp":[1],"indicators":{"quote":[{"close":[10]}]}}],"error":{"code":"x"}}}""")]
    [InlineData("""{"chart":{"result":[{"meta":{"regularMarketPrice":1},"indicators":{"quote":[{}]}}],"error":null}}""")]
    [InlineData("""{"chart":{"result":[{"meta":{"regularMarketPrice":1},"timestamp":[1],"indicators":{"quote":[null]}}],"error":null}}""")]
    [InlineData("""{"chart":{"result":[],"error":null}}""")]
    [InlineData("""{"chart":{"result":null,"error":{"code":"Not Found"}}}""")]
    [InlineData("""{"chart":null}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>consent</html>")]
    [InlineData("""{"chart":{"result":[{"meta":{"regularMarketPrice":1""")]
    [InlineData("")]
    public async Task Read_AnythingButAChart_IsRefusedAtOnce(string body)
    {
        quotes.Answer("SPY", 200, "text/html", body);

        Assert.Equal(UpstreamFailure.BadAnswer, (await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync())).Failure);
        Assert.Single(quotes.Requests);
    }

    [Theory]
    [Trait("Case", "S13")]
    [InlineData(408, UpstreamFailure.Timeout)]
    [InlineData(429, UpstreamFailure.RateLimited)]
    [InlineData(500, UpstreamFailure.Failed)]
    [InlineData(502, UpstreamFailure.Failed)]
    [InlineData(503, UpstreamFailure.Failed)]
    [InlineData(504, UpstreamFailure.Failed)]
    public async Task Read_AFailureThatMayPass_IsTriedAgainAfterOneTwoAndFourSeconds(int status, UpstreamFailure failure)
    {
        var pauses = new HurriedClock();
        await using var hurried = Connect(pauses);
        quotes.Answer("SPY", status, "text/html", "Too Many Requests");

        Assert.Equal(failure, (await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync(from: hurried))).Failure);

        Assert.Equal(4, quotes.Requests.Count);
        Assert.Equal([1d, 2d, 4d], pauses.Waited.Select(pause => pause.TotalSeconds));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(204)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(501)]
    public async Task Read_AnyOtherStatus_IsRefusedAtOnce_AndNoRedirectIsFollowed(int status)
    {
        quotes.Answer("SPY", http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/v8/finance/chart/OTHER";
            return Task.CompletedTask;
        });
        quotes.AnswerChart("OTHER", new(2026, 11, 20), [1m], 1m);

        await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync());

        Assert.Single(quotes.Requests);
    }

    [Fact]
    public async Task Read_AnAnswerThatBreaksOff_IsTriedAgain()
    {
        await using var fast = Connect(new FastClock(50));
        quotes.AnswerChart("SPY", new(2026, 11, 20), [1m, 2m], 2.5m);
        var failures = 2;
        quotes.Answer("SPY", async http =>
        {
            if (Interlocked.Decrement(ref failures) >= 0)
            {
                http.Response.ContentLength = 1000;
                await http.Response.WriteAsync("{\"chart\":");
                await http.Response.Body.FlushAsync();
                http.Abort();
                return;
            }

            await http.Response.WriteAsync(Chart("""{"regularMarketPrice":2.5}""", "[1,2]", "\"close\":[1,2]"));
        });

        Assert.Equal("1 2", Closes(await ReadAsync(from: fast)));
        Assert.Equal(3, quotes.Requests.Count);
    }

    [Fact]
    public async Task Read_AnAnswerOfThirtyMegabytes_IsRefused()
    {
        quotes.Answer("SPY", 200, "application/json", new string(' ', 30 * 1024 * 1024));

        Assert.Equal(UpstreamFailure.BadAnswer, (await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync())).Failure);
        Assert.Single(quotes.Requests);
    }

    [Fact]
    public async Task Read_AnAnswerThatDrips_IsGivenUpAfterTenSeconds()
    {
        quotes.Answer("SPY", FearGreedDouble.DripAsync);
        var reading = ReadAsync();
        await Eventually.TrueAsync(() => quotes.Requests.Count == 1);
        await clock.WaitForTimerAsync();

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(UpstreamFailure.Timeout, (await Assert.ThrowsAsync<UpstreamException>(() => reading.WaitAsync(Eventually.Limit))).Failure);
        Assert.Single(quotes.Requests);
    }

    [Fact]
    public async Task Read_AClassOfShares_IsAskedForAsYahooWritesIt_WhenTheTickerIsUnknown()
    {
        quotes.AnswerChart("BRK-B", new(2026, 11, 20), [480m], 481m);

        Assert.Equal(481, (await ReadAsync("BRK.B")).CurrentPrice);
        Assert.Equal(["BRK.B", "BRK-B"], quotes.Requests.Select(request => request[..request.IndexOf('?', StringComparison.Ordinal)]));
    }

    private static string Chart(string meta, string times, string quote) =>
        $$$"""{"chart":{"result":[{"meta":{{{meta}}},"timestamp":{{{times}}},"indicators":{"quote":[{{{{quote}}}}]}}],"error":null}}""";

    private static string Closes(PriceChart chart) => string.Join(' ', chart.Bars.Select(bar => bar.Close));

    private Task<PriceChart> ReadAsync(string ticker = "SPY", IServiceProvider? from = null) =>
        (from ?? services).GetRequiredService<IPriceChartSource>().ReadAsync(ticker, CancellationToken.None);

    private ServiceProvider Connect(TimeProvider time)
    {
        var settings = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection([new("Quotes:BaseUrl", quotes.Address.ToString())]).Build());
        return new ServiceCollection().AddLogging().AddSingleton(time).AddQuotes(settings).AddSignalsMarketData(settings).BuildServiceProvider();
    }

    /// <summary>The system's clock, on which short pauses are over at once, and are told.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> Waited { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime <= TimeSpan.Zero || dueTime >= TimeSpan.FromSeconds(10))
            {
                return System.CreateTimer(callback, state, dueTime, period);
            }

            Waited.Enqueue(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
        }
    }
}
