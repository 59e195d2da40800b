using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Platform;
using TraderHub.Data.Platform;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream;

public sealed class QuoteSourceTests : IAsyncLifetime
{
    private readonly ManualClock clock = new("2026-11-20T21:10:00Z");
    private readonly CapturedLog log = new();
    private QuotesDouble stocks = null!;
    private UpstreamDouble coins = null!;
    private ServiceProvider services = null!;

    public async Task InitializeAsync()
    {
        stocks = await QuotesDouble.StartAsync();
        coins = await UpstreamDouble.StartAsync();
        services = Connect(stocks.Address.ToString(), coins.Address.ToString());
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await stocks.DisposeAsync();
        await coins.DisposeAsync();
    }

    [Fact]
    public async Task Read_AStock_AsksForAYearOfDays_AndKeepsEveryDigit()
    {
        stocks.AnswerPrices("BRK-B", new DateOnly(2026, 11, 20), [229.8699951171875m, 1m, 2.50m]);

        var history = await ReadAsync("brk-b");

        Assert.Equal(
            ["2026-11-18 229.8699951171875", "2026-11-19 1", "2026-11-20 2.50"],
            history.Candles.Select(candle => string.Create(CultureInfo.InvariantCulture, $"{candle.Date:uuuu-MM-dd} {candle.Close}")));
        Assert.Equal(["BRK-B?range=1y&interval=1d"], stocks.Requests);
    }

    [Fact]
    public async Task Read_DaysWithoutAPrice_AreLeftOut_AndTheLaterOfTwoPricesOfADayCounts()
    {
        stocks.Answer("AAPL", 200, "application/json", """
            {"chart":{"result":[{"meta":{"exchangeTimezoneName":"America/New_York"},"timestamp":[1763562600,1763649000,1763735400,1763754900,null,1763800000],
             "indicators":{"quote":[{"close":[10,null,12.5,13.25,14,0],"volume":[1,2]}],"adjclose":[{}]}}],"error":null}}
            """);

        Assert.Equal([new Candle(new(2025, 11, 19), 10), new Candle(new(2025, 11, 21), 13.25m)], (await ReadAsync("AAPL")).Candles);
    }

    [Theory]
    [InlineData(200, "application/json", """{"chart":{"result":null,"error":{"code":"Not Found"}}}""", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", """{"chart":{"result":[{"meta":{}}],"error":null}}""", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", """{"chart":{"result":[{"timestamp":[1],"indicators":{"quote":[{"close":[null]}]}}]}}""", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", "[]", UpstreamFailure.BadAnswer)]
    [InlineData(200, "text/html", "<html>consent</html>", UpstreamFailure.BadAnswer)]
    [InlineData(200, "application/json", "", UpstreamFailure.BadAnswer)]
    [InlineData(401, "application/json", """{"finance":{"error":{"code":"Unauthorized"}}}""", UpstreamFailure.BadAnswer)]
    [InlineData(429, "text/html", "Too Many Requests", UpstreamFailure.RateLimited)]
    [InlineData(502, "text/html", "<html>bad gateway</html>", UpstreamFailure.Failed)]
    public async Task Read_AnythingButPrices_IsAFailure_ThatShowsNothingOfTheAnswer(int status, string contentType, string body, UpstreamFailure failure)
    {
        stocks.Answer("AAPL", status, contentType, body);

        var exception = await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync("AAPL"));

        Assert.Equal(failure, exception.Failure);
        Assert.StartsWith("Yahoo Finance ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("<html>", exception.Message, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Contains("AAPL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_ASymbolThatNobodyKnows_SaysNothingAboutTheUpstream()
    {
        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync($"X{i}"));
        }

        stocks.AnswerPrices("AAPL", new DateOnly(2026, 11, 20), [1m]);
        Assert.Single((await ReadAsync("AAPL")).Candles);
    }

    [Fact]
    public async Task Read_AnUpstreamThatKeepsFailing_IsLeftAloneForAMinute()
    {
        stocks.Answer("AAPL", 503, "text/plain", "busy");
        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync("AAPL"));
        }

        var left = await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync("AAPL"));
        Assert.Equal("Yahoo Finance is not asked for a minute, because it kept failing.", left.Message);
        Assert.Equal(4, stocks.Requests.Count);

        // The other upstream is another matter.
        coins.Answer("candleSnapshot", """[{"t":1763683200000,"c":"1.5"}]""");
        Assert.Single((await ReadAsync("HL:BTC")).Candles);

        clock.Advance(TimeSpan.FromSeconds(61));
        stocks.AnswerPrices("AAPL", new DateOnly(2026, 11, 20), [1m]);
        Assert.Single((await ReadAsync("AAPL")).Candles);
    }

    [Fact]
    public async Task Fetch_OneSymbolThatHangs_CostsTheOthersNothing()
    {
        stocks.NeverAnswer("SLOW");
        stocks.AnswerPrices("AAPL", new DateOnly(2026, 11, 20), [1m]);
        var source = new CountedSource(services.GetRequiredService<IQuoteSource>());
        var fetch = new FetchQuotes(source).ExecuteAsync(SymbolList.Parse("SLOW,AAPL,MSFT", "symbols").Value, CancellationToken.None);
        await Eventually.TrueAsync(() => stocks.Requests.Count == 3 && source.Ended == 2);
        Assert.False(fetch.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(10));
        var quotes = await fetch.WaitAsync(Eventually.Limit);

        Assert.Equal(["AAPL"], quotes.Histories.Keys.Select(symbol => symbol.Text));
        Assert.Equal(
            ["MSFT Yahoo Finance answered with status 404.", "SLOW Yahoo Finance did not answer within 10 s."],
            quotes.Failures.Select(failure => $"{failure.Key} {failure.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_ACoin_AsksForItsDailyCandles()
    {
        coins.Answer("candleSnapshot", """
            [{"t":1763596800000,"T":1763683199999,"s":"kPEPE","i":"1d","o":"0.9","c":"0.0123","h":"1","l":"0.8","v":"1","n":2},
             {"t":1763683200000,"c":"0.0125"},{"t":1763769600000,"c":null},{"t":1763856000000,"c":"0.0"},{"c":"1"}]
            """);

        var history = await ReadAsync("HL:kPEPE");

        Assert.Equal([new Candle(new(2025, 11, 20), 0.0123m), new Candle(new(2025, 11, 21), 0.0125m)], history.Candles);
        Assert.Equal(
            """{"type":"candleSnapshot","req":{"coin":"kPEPE","interval":"1d","startTime":1763586600000,"endTime":1795209000000}}""",
            Assert.Single(coins.Requests));
    }

    [Fact]
    public async Task Read_ACoinWithoutCandles_IsAFailure()
    {
        coins.Answer("candleSnapshot", "[]");

        Assert.Equal("Hyperliquid has no prices of HL:NONE.", (await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync("HL:NONE"))).Message);
    }

    [Fact]
    public async Task Read_AnUpstreamThatIsNotThere_CannotBeReached()
    {
        await using var nowhere = Connect("http://127.0.0.1:9", "http://127.0.0.1:9");

        var exception = await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync("AAPL", nowhere));

        Assert.Equal(UpstreamFailure.Unreachable, exception.Failure);
    }

    private Task<PriceHistory> ReadAsync(string text, IServiceProvider? from = null)
    {
        Assert.True(MarketSymbol.TryParse(text, out var symbol));
        return (from ?? services).GetRequiredService<IQuoteSource>().ReadAsync(symbol, CancellationToken.None);
    }

    private ServiceProvider Connect(string stocksAddress, string coinsAddress)
    {
        var settings = new SettingsReader(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Quotes:BaseUrl", stocksAddress), new("Hyperliquid:BaseUrl", coinsAddress)])
            .Build());
        return new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log))
            .AddSingleton<TimeProvider>(clock)
            .AddHyperliquid(settings)
            .AddQuotes(settings)
            .BuildServiceProvider();
    }

    /// <summary>Knows how many questions have ended, well or not.</summary>
    private sealed class CountedSource(IQuoteSource source) : IQuoteSource
    {
        private int ended;

        public int Ended => Volatile.Read(ref ended);

        public async Task<PriceHistory> ReadAsync(MarketSymbol symbol, CancellationToken cancellationToken)
        {
            try
            {
                return await source.ReadAsync(symbol, cancellationToken);
            }
            finally
            {
                Interlocked.Increment(ref ended);
            }
        }
    }
}
