using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Signals;

/// <summary>Signals and indices over HTTP, with doubles of all three sources.</summary>
public sealed class MarketTests : IAsyncLifetime
{
    private const string Key = "the-key-of-a-reader-of-signals";

    private const string OtherKey = "the-key-of-a-reader-of-jobs";

    private static readonly DateOnly Today = new(2026, 11, 20);

    private readonly ManualClock clock = new("2026-11-20T15:10:07Z");
    private QuotesDouble quotes = null!;
    private FearGreedDouble indices = null!;
    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        quotes = await QuotesDouble.StartAsync();
        indices = await FearGreedDouble.StartAsync();
        host = await TestHost.StartAsync(new TestHostOptions
        {
            Clock = clock,
            Quotes = quotes,
            Indices = indices,
            Settings =
            [
                ("Auth:ApiKeys:0:Name", "signals"), ("Auth:ApiKeys:0:Sha256", SessionToken.Hash(Key)), ("Auth:ApiKeys:0:Scopes", "signals:read"),
                ("Auth:ApiKeys:1:Name", "jobs"), ("Auth:ApiKeys:1:Sha256", SessionToken.Hash(OtherKey)), ("Auth:ApiKeys:1:Scopes", "jobs:read"),
            ],
            ConfigureServices = services => services.AddSingleton<IChatStore, OneChat>(),
        });
        indices.AnswerStocks("25", "\"Fear\"");
        quotes.AnswerChart("SPY", Today, [.. Enumerable.Repeat(100m, 60)], 100.5m, spread: 40);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await indices.DisposeAsync();
        await quotes.DisposeAsync();
    }

    [Fact]
    public async Task GetSignal_APriceNearItsAveragesInFear_IsABuy_WithEverythingThatItRestsOn()
    {
        var answer = await ReadAsync("/api/v1/signals/spy");

        Assert.Equal("""{"ticker":"SPY","signal":"BUY","currentPrice":100.5,"indicators":{"sma20":100,"sma50":100,"sma100":100,"sma200":100,"bollingerUpper":100,"bollingerMiddle":100,"bollingerLower":100},"conditionA":true,"conditionB":true,"conditionC":true,"entryPrice":null,"sellTarget":null,"bollingerSellTarget":null,"exitTrigger":null,"reasoning":"The price is near or below a moving average, and the index says fear (25).","fearGreed":{"index":"stocks","source":"CNN","value":25,"rating":"fear","fetchedAt":"2026-11-20T15:10:07.000Z","ageSeconds":0,"isStale":false,"history":{"previousClose":30.5,"previousWeek":41,"previousMonth":null,"previousYear":null}}}""", answer.GetRawText());
    }

    [Fact]
    public async Task GetSignal_OfAChatWithAPosition_IsJudgedWithIt()
    {
        var answer = await ReadAsync("/api/v1/signals/SPY?chatId=-1001557900011");

        Assert.Equal(("SELL", "BOLLINGER_UPPER", 90d, 101d), (
            answer.GetProperty("signal").GetString(), answer.GetProperty("exitTrigger").GetString(), answer.GetProperty("entryPrice").GetDouble(), answer.GetProperty("sellTarget").GetDouble()));
        Assert.Equal("BUY", (await ReadAsync("/api/v1/signals/SPY?chatId=7")).GetProperty("signal").GetString());
    }

    [Theory]
    [Trait("Case", "S13")]
    [InlineData(200, "text/html", "<html>", "Yahoo Finance answered something that is not JSON.")]
    [InlineData(200, "application/json", """{"chart":{"result":[{"meta":{"regularMarketPrice":101.5},"timestamp":[1,2,3],"indicators":{"quote":[{"close":[100,null,101]}]}}],"error":null}}""", "there are prices of fewer than 20 days.")]
    [InlineData(404, "application/json", "{}", "Yahoo Finance answered with status 404.")]
    [InlineData(302, "text/html", "", "Yahoo Finance answered with status 302.")]
    public async Task GetSignal_WithoutPrices_IsUnavailable_WithoutAPrice_AndSaysWhy(int status, string contentType, string body, string why)
    {
        quotes.Answer("QQQ", status, contentType, body);

        var answer = await ReadAsync("/api/v1/signals/QQQ");

        Assert.Equal(("UNAVAILABLE", $"Data unavailable: {why}"), (answer.GetProperty("signal").GetString(), answer.GetProperty("reasoning").GetString()));
        Assert.All(["currentPrice", "indicators", "sellTarget"], field => Assert.Equal(JsonValueKind.Null, answer.GetProperty(field).ValueKind));
    }

    [Fact]
    public async Task GetSignal_WithoutAnIndexOfStocks_IsUnavailable_HoweverFearfulCryptoIs()
    {
        indices.Answer(FearGreedDouble.Stocks, 418, "text/plain", "I'm a teapot");
        indices.Answer(FearGreedDouble.Crypto, 200, "application/json", """{"data":[{"value":"5","value_classification":"Extreme Fear"}]}""");

        Assert.Equal(("crypto", 5d), await IndexAsync("crypto"));
        var answer = await ReadAsync("/api/v1/signals/SPY");
        Assert.Equal("UNAVAILABLE", answer.GetProperty("signal").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("fearGreed").ValueKind);
        var refused = await GetAsync("/api/v1/fear-greed");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "FEAR_GREED_UNAVAILABLE"), (refused.StatusCode, await refused.ProblemCodeAsync()));
    }

    [Fact]
    public async Task GetSignal_ManyTimesAtOnce_AsksEachSourceOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReadAsync("/api/v1/signals/SPY")));

        Assert.All(answers, answer => Assert.Equal("BUY", answer.GetProperty("signal").GetString()));
        Assert.Single(quotes.Requests);
        Assert.Single(indices.Requests);

        clock.Advance(TimeSpan.FromSeconds(61));
        await ReadAsync("/api/v1/signals/SPY");
        Assert.Equal((2, 1), (quotes.Requests.Count, indices.Requests.Count));
    }

    [Fact]
    public async Task GetFearGreed_IsFreshForFiveMinutes_ThenStaleForADay_ThenUnavailable()
    {
        await IndexAsync("stocks");
        indices.AnswerStocks("null", "\"Fear\"");

        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal((240, false), await AgeAsync());
        Assert.Single(indices.Requests);

        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((360, true), await AgeAsync());
        Assert.Equal((360, true), await AgeAsync());
        Assert.Equal(2, indices.Requests.Count);
        var signal = await ReadAsync("/api/v1/signals/SPY");
        Assert.Equal(("BUY", true), (signal.GetProperty("signal").GetString(), signal.GetProperty("fearGreed").GetProperty("isStale").GetBoolean()));

        clock.Advance(TimeSpan.FromHours(23));
        Assert.True((await AgeAsync()).IsStale);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync("/api/v1/fear-greed")).StatusCode);

        clock.Advance(TimeSpan.FromMinutes(1));
        indices.AnswerStocks("60", "\"greed\"");
        Assert.Equal(("stocks", 60d), await IndexAsync("stocks"));
    }

    [Fact]
    public async Task CleanSignalsCache_DeletesWhatIsADayOld()
    {
        indices.Answer(FearGreedDouble.Crypto, 200, "application/json", """{"data":[{"value":"5","value_classification":"Extreme Fear"}]}""");
        await IndexAsync("crypto");
        Assert.Equal(["fear_greed_crypto"], host.Query<string>("SELECT cache_key FROM cache", "signals"));
        clock.Advance(TimeSpan.FromHours(24));

        (await host.RunTimerAsync("CleanSignalsCache")).EnsureSuccessStatusCode();

        await Eventually.TrueAsync(() => host.Query<string>("SELECT status FROM cron_logs WHERE job_name = 'CleanSignalsCache'").Contains("completed"));
        Assert.Empty(host.Query<string>("SELECT cache_key FROM cache", "signals"));
    }

    [Theory]
    [InlineData("/api/v1/signals/SPY..", Key, HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/signals/ELEVENCHARS", Key, HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/signals/S-Y", Key, HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/signals/SPY?chat=7", Key, HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/signals/SPY?chatId=a%20b", Key, HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/fear-greed?index=bonds", Key, HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/signals/SPY", "no-key", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/signals/SPY", OtherKey, HttpStatusCode.Forbidden)]
    [InlineData("/api/v1/fear-greed", OtherKey, HttpStatusCode.Forbidden)]
    public async Task AnyRequest_ThatIsNotRight_IsRefused_AndNobodyIsAsked(string path, string key, HttpStatusCode status)
    {
        Assert.Equal(status, (await GetAsync(path, key)).StatusCode);
        Assert.Empty(quotes.Requests);
        Assert.Empty(indices.Requests);
    }

    private Task<HttpResponseMessage> GetAsync(string path, string key = Key) => host.SendAsync(HttpMethod.Get, path, null, ("X-API-Key", key));

    private async Task<JsonElement> ReadAsync(string path)
    {
        var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    private async Task<(string? Index, double Value)> IndexAsync(string index)
    {
        var answer = await ReadAsync($"/api/v1/fear-greed?index={index}");
        return (answer.GetProperty("index").GetString(), answer.GetProperty("value").GetDouble());
    }

    private async Task<(long Seconds, bool IsStale)> AgeAsync()
    {
        var answer = await ReadAsync("/api/v1/fear-greed");
        return (answer.GetProperty("ageSeconds").GetInt64(), answer.GetProperty("isStale").GetBoolean());
    }

    /// <summary>A store in which one chat has positions.</summary>
    private sealed class OneChat : IChatStore
    {
        public Task<ChatState> ReadAsync(string chatId, CancellationToken cancellationToken) => Task.FromResult(
            ChatState.Empty(chatId) with { Positions = chatId == "-1001557900011" ? [new("QQQ", 1), new("SPY", 90)] : [] });

        public Task<Result<PreparedChange>> PrepareAsync(ChatChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<ChatChanged>> WriteAsync(
            OperationId operation, ChatChange change, PreparedChange? prepared, bool isRetry, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
