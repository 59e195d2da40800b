using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.Signals;

namespace TraderHub.Functions.Tests.Signals;

public sealed class ChatRoutesTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() => host = await SignalsHost.StartAsync(("Signals:WatchlistLimit", "3"));

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [Trait("Case", "S09")]
    [InlineData("5216580805", "5216580805")]
    [InlineData("\"5216580805\"", "5216580805")]
    [InlineData("-1001557900011", "-1001557900011")]
    [InlineData("\"-1001557900011\"", "-1001557900011")]
    [InlineData("4503599627370495", "4503599627370495")]
    [InlineData("-4503599627370495", "-4503599627370495")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("5216580805.0", "5216580805")]
    [InlineData("5216580805e0", "5216580805")]
    [InlineData("5.216580805e9", "5216580805")]
    [InlineData("0", "0")]
    [InlineData("\"@channel\"", "@channel")]
    [InlineData("\"9223372036854775807\"", "9223372036854775807")]
    public async Task AddSubscription_OfEveryId_IsThatTextInAllAnswers(string sent, string id)
    {
        Assert.Equal((HttpStatusCode.Created, id), await SubscribeAsync(sent));
        Assert.Equal((HttpStatusCode.OK, id), await SubscribeAsync(sent));
        Assert.Equal((HttpStatusCode.OK, id), await SubscribeAsync($"\"{id}\""));

        Assert.Equal([id], await SubscribersAsync());
        var path = Uri.EscapeDataString(id);
        Assert.Equal(id, (await GetAsync($"/api/v1/watchlists/{path}")).GetProperty("chatId").GetString());
        Assert.Equal(HttpStatusCode.Created, (await RecordAsync(path, """{"signalType":"BUY","ticker":"SPY","executionPrice":400.5}""")).StatusCode);
        Assert.Single(Items(await GetAsync($"/api/v1/executions/{path}")));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(HttpMethod.Delete, $"/api/v1/subscriptions/{path}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Delete, $"/api/v1/subscriptions/{path}"));
        Assert.Empty(await SubscribersAsync());
        Assert.Single(Items(await GetAsync($"/api/v1/positions/{path}")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("\"1 2\"")]
    [InlineData("\"1\\u00002\"")]
    [InlineData("1.5")]
    [InlineData("1e400")]
    [InlineData("9007199254740993")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public async Task AddSubscription_OfWhatIsNoId_IsRefused(string sent)
    {
        var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/subscriptions", $$"""{"chatId":{{sent}}}""", SignalsHost.Writer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.JsonAsync()).GetProperty("errors").TryGetProperty("chatId", out _));
        Assert.Empty(await SubscribersAsync());
    }

    [Fact]
    public async Task Routes_AreForTheirScopes()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(HttpMethod.Get, "/api/v1/subscriptions")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Get, "/api/v1/subscriptions", null, SignalsHost.Reader)).StatusCode);
        var refused = await host.SendAsync(HttpMethod.Post, "/api/v1/subscriptions", """{"chatId":1}""", SignalsHost.Reader);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var byOperator = await host.SendAsync(HttpMethod.Post, "/api/v1/subscriptions", """{"chatId":1}""", ("Authorization", $"Bearer {TestHost.AdminToken}"));
        Assert.Equal(HttpStatusCode.Created, byOperator.StatusCode);
    }

    [Fact]
    public async Task ListSubscriptions_InPages_HasEachOnce()
    {
        foreach (var id in new[] { 5, 3, -1, 4, 2 })
        {
            await SubscribeAsync($"{id}");
        }

        var (ids, cursor) = (new List<string>(), string.Empty);
        do
        {
            var page = await GetAsync($"/api/v1/subscriptions?limit=2&includeTotal=true{cursor}");
            Assert.Equal(5, page.GetProperty("total").GetInt32());
            ids.AddRange(Items(page).Select(item => item.GetProperty("chatId").GetString()!));
            cursor = page.GetProperty("hasMore").GetBoolean() ? $"&cursor={page.GetProperty("nextCursor").GetString()}" : string.Empty;
        }
        while (cursor.Length > 0);

        Assert.Equal(["-1", "2", "3", "4", "5"], ids);
    }

    /// <summary>The fixtures of the bot's own tests of its watchlist service.</summary>
    [Fact]
    public async Task Watchlist_AsTheBotHadIt()
    {
        Assert.Equal(["SPY"], await WatchlistAsync());
        Assert.Equal(["AAPL", "MSFT", "NVDA"], await ReplaceAsync("AAPL", "MSFT", "NVDA"));
        Assert.Equal(["AAPL", "MSFT"], await ReplaceAsync("aapl", "AAPL", " Msft "));
        Assert.Equal(["SPY"], await ReplaceAsync());
        await AssertAddedAsync("aapl", HttpStatusCode.Created, "SPY", "AAPL");
        await AssertAddedAsync("AAPL", HttpStatusCode.OK, "SPY", "AAPL");
        await AssertAddedAsync("spy", HttpStatusCode.OK, "SPY", "AAPL");
        Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync("INVALID-TICKER")).Status);
        Assert.Equal(["AAPL"], await RemoveAsync("SPY"));
        Assert.Equal(["SPY"], await RemoveAsync("aapl"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Delete, "/api/v1/watchlists/7/AAPL"));
        Assert.Equal(["SPY"], (await GetAsync("/api/v1/watchlists/8")).GetProperty("tickers").EnumerateArray().Select(ticker => ticker.GetString()));
    }

    [Fact]
    public async Task Watchlist_ThatIsFull_TakesNoOther_ButAPurchase()
    {
        await ReplaceAsync("A", "B", "C");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AddAsync("D")).Status);
        await AssertAddedAsync("c", HttpStatusCode.OK, "A", "B", "C");
        var refused = await host.SendAsync(HttpMethod.Put, "/api/v1/watchlists/7", """{"tickers":["A","B","C","D"]}""", SignalsHost.Writer);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "WATCHLIST_FULL"), (refused.StatusCode, (await refused.JsonAsync()).GetProperty("code").GetString()));
        await RecordAsync("7", """{"signalType":"BUY","ticker":"D","executionPrice":1}""");
        Assert.Equal(["A", "B", "C", "D"], await WatchlistAsync());
    }

    [Theory]
    [InlineData("INVALID-TICKER")]
    [InlineData("ABCDEFGHIJK")]
    [InlineData("BRK..B")]
    [InlineData(".BRK")]
    [InlineData("BRK.")]
    [InlineData("S PY")]
    [InlineData("\u0416")]
    [InlineData("\u0130")]
    [InlineData("SPY\u0000")]
    [InlineData("'; DROP TABLE users; --")]
    public async Task Tickers_InEveryWrongForm_AreRefusedEverywhere(string ticker)
    {
        var (path, json) = (Uri.EscapeDataString(ticker), JsonSerializer.Serialize(ticker));
        (HttpMethod, string, string?)[] requests =
        [
            (HttpMethod.Post, $"/api/v1/watchlists/7/{path}", null),
            (HttpMethod.Delete, $"/api/v1/watchlists/7/{path}", null),
            (HttpMethod.Put, "/api/v1/watchlists/7", $$"""{"tickers":["SPY",{{json}}]}"""),
            (HttpMethod.Post, "/api/v1/executions/7", $$"""{"signalType":"BUY","ticker":{{json}},"executionPrice":1}"""),
            (HttpMethod.Get, $"/api/v1/executions/7?ticker={path}", null),
            (HttpMethod.Get, $"/api/v1/executions/7/latest?ticker={path}", null),
            (HttpMethod.Put, $"/api/v1/positions/7/{path}", """{"entryPrice":1}"""),
            (HttpMethod.Delete, $"/api/v1/positions/7/{path}", null),
        ];
        foreach (var (method, url, body) in requests)
        {
            var answer = await host.SendAsync(method, url, body, SignalsHost.Writer);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{method} {url}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("-0.0")]
    [InlineData("\"1,5\"")]
    [InlineData("\"NaN\"")]
    [InlineData("NaN")]
    [InlineData("\"Infinity\"")]
    [InlineData("1e999")]
    [InlineData("\"400.50abc\"")]
    [InlineData("400.50abc")]
    [InlineData("\"400.5\"")]
    [InlineData("null")]
    [InlineData("true")]
    public async Task Prices_InEveryWrongForm_AreRefusedEverywhere(string price)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await RecordAsync("7", $$"""{"signalType":"BUY","ticker":"SPY","executionPrice":{{price}}}""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(HttpMethod.Put, "/api/v1/positions/7/SPY", $$"""{"entryPrice":{{price}}}"""));
        if (price != "null")
        {
            Assert.Equal(
                HttpStatusCode.BadRequest, (await RecordAsync("7", $$"""{"signalType":"BUY","ticker":"SPY","executionPrice":1,"signalPrice":{{price}}}""")).StatusCode);
        }

        Assert.Empty(Items(await GetAsync("/api/v1/executions/7")));
    }

    [Theory]
    [InlineData("\"2024-02-30\"")]
    [InlineData("\"2023-02-29\"")]
    [InlineData("\"2024-13-01\"")]
    [InlineData("\"2024-1-5\"")]
    [InlineData("\"15.01.2024\"")]
    [InlineData("\"2024-01-15T10:00:00\"")]
    [InlineData("\"\"")]
    [InlineData("1.5")]
    [InlineData("9e15")]
    [InlineData("true")]
    public async Task RecordExecution_OfADateThatDoesNotExist_IsRefused(string date)
    {
        var answer = await RecordAsync("7", $$"""{"signalType":"BUY","ticker":"SPY","executionPrice":1,"executionDate":{{date}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.JsonAsync()).GetProperty("errors").TryGetProperty("executionDate", out _));
    }

    /// <summary>The fixtures of the bot's own tests of its execution service; over HTTP there is no month's gate.</summary>
    [Fact]
    public async Task Executions_AsTheBotHadThem()
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Get, "/api/v1/executions/7/latest"));
        var first = await (await RecordAsync("7", """{"signalType":"BUY","ticker":"spy","executionPrice":400.5,"executionDate":"2024-01-15"}""")).JsonAsync();
        Assert.Equal("""{"signalType":"BUY","ticker":"SPY","executionPrice":400.5,"executionDate":1705276800000}""", first.GetRawText());
        await RecordAsync("7", """{"signalType":"BUY","ticker":"AAPL","executionPrice":180,"signalPrice":179.5,"executionDate":1705276800000}""");
        await RecordAsync("7", """{"signalType":"SELL","ticker":"SPY","executionPrice":500}""");
        await RecordAsync("7", """{"signalType":"SELL","ticker":"MSFT","executionPrice":3,"executionDate":"2020-01-01T00:00:00Z"}""");

        Assert.Equal(["SPY", "AAPL", "SPY", "MSFT"], Tickers(await GetAsync("/api/v1/executions/7")));
        Assert.Equal(["SPY", "SPY"], Tickers(await GetAsync("/api/v1/executions/7?ticker=spy")));
        Assert.Equal(["AAPL", "SPY"], Tickers(await GetAsync("/api/v1/executions/7?from=2024-01-15&to=2024-01-16T00:00:00Z")));
        Assert.Equal(["MSFT"], Tickers(await GetAsync("/api/v1/executions/7?to=2024-01-15")));
        Assert.Equal("SELL", (await GetAsync("/api/v1/executions/7/latest")).GetProperty("signalType").GetString());
        Assert.Equal(179.5, (await GetAsync("/api/v1/executions/7/latest?ticker=AAPL")).GetProperty("signalPrice").GetDouble());
        Assert.Equal("""{"items":[{"ticker":"AAPL","entryPrice":180}],"nextCursor":null,"hasMore":false}""", (await GetAsync("/api/v1/positions/7")).GetRawText());
        Assert.Equal(["SPY", "AAPL"], await WatchlistAsync());
        Assert.Empty(Items(await GetAsync("/api/v1/executions/8")));
    }

    [Fact]
    public async Task ListExecutions_InPages_HasEachOnce_WhateverComesMeanwhile()
    {
        for (var i = 1; i <= 5; i++)
        {
            await RecordAsync("7", $$"""{"signalType":"BUY","ticker":"T{{i}}","executionPrice":1,"executionDate":"2024-01-15"}""");
        }

        var first = await GetAsync("/api/v1/executions/7?limit=2");
        await RecordAsync("7", """{"signalType":"BUY","ticker":"T6","executionPrice":1,"executionDate":"2024-01-15"}""");
        var second = await GetAsync($"/api/v1/executions/7?limit=3&cursor={first.GetProperty("nextCursor").GetString()}");

        Assert.Equal(["T5", "T4"], Tickers(first));
        Assert.Equal(["T3", "T2", "T1"], Tickers(second));
        Assert.False(second.GetProperty("hasMore").GetBoolean());
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(HttpMethod.Get, "/api/v1/executions/7?from=yesterday"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(HttpMethod.Get, "/api/v1/executions/7?cursor=x"));
    }

    [Fact]
    public async Task RecordExecution_UnderOneKey_IsDoneOnce()
    {
        const string Body = """{"signalType":"BUY","ticker":"SPY","executionPrice":400.5}""";
        var key = ("Idempotency-Key", "one");

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add(await host.SendAsync(HttpMethod.Post, "/api/v1/executions/7", Body, SignalsHost.Writer, key));
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var other = await host.SendAsync(HttpMethod.Post, "/api/v1/executions/7", Body.Replace("400", "401", StringComparison.Ordinal), SignalsHost.Writer, key);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Single(Items(await GetAsync("/api/v1/executions/7")));

        var ticker = await host.SendAsync(HttpMethod.Post, "/api/v1/watchlists/7/AAPL", null, SignalsHost.Writer, key);
        var again = await host.SendAsync(HttpMethod.Post, "/api/v1/watchlists/7/AAPL", null, SignalsHost.Writer, key);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (ticker.StatusCode, again.StatusCode));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
    }

    [Fact]
    public async Task Positions_AreSetReplacedAndEnded()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Put, "/api/v1/positions/7/brk.b", """{"entryPrice":400.5}"""));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Put, "/api/v1/positions/7/AAPL", """{"entryPrice":1}"""));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Put, "/api/v1/positions/7/BRK.B", """{"entryPrice":401}"""));
        Assert.Equal(["AAPL 1", "BRK.B 401"], Items(await GetAsync("/api/v1/positions/7")).Select(item => $"{item.GetProperty("ticker")} {item.GetProperty("entryPrice")}"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(HttpMethod.Delete, "/api/v1/positions/7/AAPL"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Delete, "/api/v1/positions/7/AAPL"));
        Assert.Equal(["BRK.B"], Tickers(await GetAsync("/api/v1/positions/7")));
    }

    [Fact]
    public async Task AChatThatMoved_IsAnsweredAndWrittenUnderItsNewId()
    {
        const string Sql = "INSERT INTO chat_moves (old_chat_id, new_chat_id, begun_at) VALUES ('-4011', '-1001557900011', 1), ('-4010', '-4011', 1)";
        await host.Services.GetRequiredService<SignalsDatabase>().ExecuteAsync(Sql, null, CancellationToken.None);

        foreach (var old in new[] { "-4011", "-4010" })
        {
            Assert.Equal("-1001557900011", (await SubscribeAsync(old)).ChatId);
            await host.SendAsync(HttpMethod.Put, $"/api/v1/watchlists/{old}", """{"tickers":["AAPL"]}""", SignalsHost.Writer);
            await RecordAsync(old, """{"signalType":"BUY","ticker":"MSFT","executionPrice":1}""");
            Assert.Equal("-1001557900011", (await GetAsync($"/api/v1/watchlists/{old}")).GetProperty("chatId").GetString());
        }

        Assert.Equal(["-1001557900011"], await SubscribersAsync());
        Assert.Equal(2, Items(await GetAsync("/api/v1/executions/-1001557900011")).Count);
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(HttpMethod.Delete, "/api/v1/positions/-4010/MSFT"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(HttpMethod.Delete, "/api/v1/subscriptions/-4010"));
        Assert.Empty(await SubscribersAsync());
    }

    private async Task<(HttpStatusCode Status, string? ChatId)> SubscribeAsync(string id)
    {
        var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/subscriptions", $$"""{"chatId":{{id}}}""", SignalsHost.Writer);
        return (answer.StatusCode, (await answer.JsonAsync()).GetProperty("chatId").GetString());
    }

    private async Task<IEnumerable<string?>> SubscribersAsync() =>
        Items(await GetAsync("/api/v1/subscriptions")).Select(item => item.GetProperty("chatId").GetString());

    private Task<HttpResponseMessage> RecordAsync(string chatId, string body) =>
        host.SendAsync(HttpMethod.Post, $"/api/v1/executions/{chatId}", body, SignalsHost.Writer);

    private async Task<string[]> WatchlistAsync() => TickersOf(await GetAsync("/api/v1/watchlists/7"));

    private async Task<string[]> ReplaceAsync(params string[] tickers) => TickersOf(await (await host.SendAsync(
        HttpMethod.Put, "/api/v1/watchlists/7", $$"""{"tickers":{{JsonSerializer.Serialize(tickers)}}}""", SignalsHost.Writer)).JsonAsync());

    private async Task<(HttpStatusCode Status, string[] Tickers)> AddAsync(string ticker)
    {
        var answer = await host.SendAsync(HttpMethod.Post, $"/api/v1/watchlists/7/{ticker}", null, SignalsHost.Writer);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? TickersOf(await answer.JsonAsync()) : []);
    }

    private async Task AssertAddedAsync(string ticker, HttpStatusCode status, params string[] tickers)
    {
        var added = await AddAsync(ticker);
        Assert.Equal(status, added.Status);
        Assert.Equal(tickers, added.Tickers);
    }

    private async Task<string[]> RemoveAsync(string ticker) =>
        TickersOf(await (await host.SendAsync(HttpMethod.Delete, $"/api/v1/watchlists/7/{ticker}", null, SignalsHost.Writer)).JsonAsync());

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string? body = null) =>
        (await host.SendAsync(method, path, body, SignalsHost.Writer)).StatusCode;

    private async Task<JsonElement> GetAsync(string path)
    {
        var answer = await host.SendAsync(HttpMethod.Get, path, null, SignalsHost.Reader);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private static string[] TickersOf(JsonElement watchlist) => [.. watchlist.GetProperty("tickers").EnumerateArray().Select(ticker => ticker.GetString()!)];

    private static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    private static IEnumerable<string?> Tickers(JsonElement page) => Items(page).Select(item => item.GetProperty("ticker").GetString());
}
