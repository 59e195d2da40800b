using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals.Market;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream;

/// <summary>The indices, from a real HTTP server, also a bad one.</summary>
public sealed class FearGreedSourceTests : IAsyncLifetime
{
    private readonly ManualClock clock = new("2026-11-20T15:10:07Z");
    private FearGreedDouble indices = null!;
    private ServiceProvider services = null!;

    public async Task InitializeAsync()
    {
        indices = await FearGreedDouble.StartAsync();
        services = Connect(clock);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await indices.DisposeAsync();
    }

    [Theory]
    [InlineData("25", "\"Fear\"", 25, "fear")]
    [InlineData("\"25.4\"", "\"Extreme Fear\"", 25.4, "extreme fear")]
    [InlineData("0", "\" neutral \"", 0, "neutral")]
    [InlineData("100.0", "\"extreme greed\"", 100, "extreme greed")]
    public async Task Read_Stocks_TakesNumbersThatAreTextToo(string score, string rating, double value, string name)
    {
        indices.AnswerStocks(score, rating);

        var reading = await ReadAsync(FearGreedMarket.Stocks);

        Assert.Equal((FearGreedMarket.Stocks, name, value, false), (reading.Market, reading.Rating, reading.Score, reading.IsStale));
        Assert.Equal((30.5, 41d, null, null), (reading.PreviousClose, reading.PreviousWeek, reading.PreviousMonth, reading.PreviousYear));
        Assert.Equal(clock.GetInstant(), reading.FetchedAt);
        Assert.Equal(["TraderHub"], indices.UserAgents);
    }

    [Theory]
    [InlineData("null", "\"fear\"")]
    [InlineData("\"\"", "\"fear\"")]
    [InlineData("\"NaN\"", "\"fear\"")]
    [InlineData("\"25abc\"", "\"fear\"")]
    [InlineData("\"Infinity\"", "\"fear\"")]
    [InlineData("1e400", "\"fear\"")]
    [InlineData("-0.1", "\"fear\"")]
    [InlineData("100.1", "\"fear\"")]
    [InlineData("[25]", "\"fear\"")]
    [InlineData("true", "\"fear\"")]
    [InlineData("25", "null")]
    [InlineData("25", "\"  \"")]
    [InlineData("25", "7")]
    [InlineData("25", "\"\\ud800\"")]
    [InlineData("25", "\"<script>\"")]
    public async Task Read_AScoreOrRatingThatIsNone_IsRefused(string score, string rating)
    {
        indices.AnswerStocks(score, rating);

        Assert.Equal(UpstreamFailure.BadAnswer, (await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync(FearGreedMarket.Stocks))).Failure);
    }

    [Theory]
    [InlineData(418, "I'm a teapot")]
    [InlineData(200, "<html>")]
    [InlineData(200, "[]")]
    [InlineData(200, "null")]
    [InlineData(200, "{\"rating\":\"fear\",\"score\":2")]
    [InlineData(403, "{}")]
    public async Task Read_ARefusal_OfEitherIndex_IsFinal(int status, string body)
    {
        indices.Answer(FearGreedDouble.Stocks, status, "text/html", body);
        indices.Answer(FearGreedDouble.Crypto, status, "text/html", body);

        await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync(FearGreedMarket.Stocks));
        await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync(FearGreedMarket.Crypto));

        Assert.Equal(2, indices.Requests.Count);
    }

    [Fact]
    public async Task Read_AnAnswerTooLarge_OrThatDrips_IsGivenUp()
    {
        indices.AnswerEndlessly(FearGreedDouble.Stocks, 30);
        Assert.Equal(UpstreamFailure.BadAnswer, (await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync(FearGreedMarket.Stocks))).Failure);

        indices.AnswerDripping(FearGreedDouble.Stocks);
        var reading = ReadAsync(FearGreedMarket.Stocks);
        await Eventually.TrueAsync(() => indices.Requests.Count == 2);
        await clock.WaitForTimerAsync();
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(UpstreamFailure.Timeout, (await Assert.ThrowsAsync<UpstreamException>(() => reading.WaitAsync(Eventually.Limit))).Failure);
    }

    [Fact]
    public async Task Read_AnAnswerThatBreaksOff_IsTriedFourTimes()
    {
        await using var fast = Connect(new FastClock(50));
        indices.BreakOff(FearGreedDouble.Stocks);

        Assert.Equal(UpstreamFailure.Unreachable, (await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync(FearGreedMarket.Stocks, fast))).Failure);
        Assert.Equal(4, indices.Requests.Count);
    }

    [Fact]
    public async Task Read_Crypto_TakesTheNewestDay_AndEarlierOnes()
    {
        var days = Enumerable.Range(0, 31).Select(day => $$"""{"value":"{{40 + day}}","value_classification":"Extreme Fear","timestamp":"{{1795132800 - (day * 86_400)}}"}""");
        indices.Answer(FearGreedDouble.Crypto, 200, "application/json", $$$"""{"name":"Fear and Greed Index","data":[{{{string.Join(',', days)}}}],"metadata":{"error":null}}""");

        var reading = await ReadAsync(FearGreedMarket.Crypto);

        Assert.Equal((FearGreedMarket.Crypto, "extreme fear", 40d), (reading.Market, reading.Rating, reading.Score));
        Assert.Equal((41d, 47d, 70d, null), (reading.PreviousClose, reading.PreviousWeek, reading.PreviousMonth, reading.PreviousYear));
        Assert.Equal(["/fng/?limit=366"], indices.Requests);
    }

    [Theory]
    [InlineData("""{"data":[],"metadata":{"error":null}}""")]
    [InlineData("""{"data":[{"value":"40","value_classification":"Fear"}],"metadata":{"error":"down"}}""")]
    [InlineData("""{"data":[{"value":null,"value_classification":"Fear"}],"metadata":{"error":null}}""")]
    [InlineData("""{"data":[{"value":"101","value_classification":"Fear"}]}""")]
    [InlineData("""{"data":[{"value":"40"}]}""")]
    [InlineData("""{"data":{"value":"40"}}""")]
    public async Task Read_CryptoWithoutAScore_IsRefused(string body)
    {
        indices.Answer(FearGreedDouble.Crypto, 200, "application/json", body);

        Assert.Equal(UpstreamFailure.BadAnswer, (await Assert.ThrowsAsync<UpstreamException>(() => ReadAsync(FearGreedMarket.Crypto))).Failure);
    }

    private Task<FearGreedReading> ReadAsync(FearGreedMarket market, IServiceProvider? from = null) =>
        (from ?? services).GetRequiredService<IFearGreedSource>().ReadAsync(market, CancellationToken.None);

    private ServiceProvider Connect(TimeProvider time)
    {
        var settings = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(
            [new("FearGreed:BaseUrl", indices.Address.ToString()), new("FearGreed:CryptoBaseUrl", indices.Address.ToString())]).Build());
        return new ServiceCollection().AddLogging().AddSingleton(time).AddQuotes(settings).AddSignalsMarketData(settings).BuildServiceProvider();
    }
}
