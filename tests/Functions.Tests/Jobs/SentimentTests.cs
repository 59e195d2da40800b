using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Jobs;

public sealed class SentimentTests : IAsyncLifetime
{
    private const string Path = "/api/v1/sentiment/analysis";

    private ReportsHost jobs = null!;

    public async Task InitializeAsync()
    {
        jobs = await ReportsHost.StartAsync("2026-07-15T15:00:00Z");
        jobs.Rise("AAPL", new DateOnly(2026, 7, 14));
        jobs.Rise("MSFT", new DateOnly(2026, 7, 14));
    }

    public async Task DisposeAsync() => await jobs.DisposeAsync();

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Analyze_TheDefaultSymbols_AnswersAndStoresThem(string method)
    {
        var response = await jobs.SendAsync(new HttpMethod(method), Path);

        var answer = await response.JsonAsync();
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.Equal(("BULLISH", "success"), (
            answer.GetProperty("data").GetProperty("market_sentiment").GetProperty("sentiment_label").GetString(), answer.GetProperty("data").GetProperty("status").GetString()));
        Assert.Equal(["2026-07-15 - success kv"], jobs.Executions());
        Assert.Equal(["kv:analysis_2026-07-15"], jobs.Host.Query<string>("SELECT run_id FROM job_executions", "jobs"));
        Assert.Equal("ready", (await jobs.ReadAsync("/api/v1/reports/pre-market")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Analyze_OtherSymbols_JoinsTheDays_AndAFailureReplacesNoVerdict()
    {
        await jobs.SendAsync(HttpMethod.Post, Path);
        jobs.Rise("NVDA", new DateOnly(2026, 7, 14));
        jobs.Quotes.Answer("AAPL", 500, "text/plain", "");

        var answer = await (await jobs.SendAsync(HttpMethod.Post, $"{Path}?symbols=nvda,AAPL")).JsonAsync();

        Assert.Equal("partial", answer.GetProperty("data").GetProperty("status").GetString());
        Assert.Equal(
            ["NVDA success BUY ", "AAPL failed  Yahoo Finance answered with status 500."],
            answer.GetProperty("data").GetProperty("signals").EnumerateArray().Select(signal =>
                $"{signal.GetProperty("symbol")} {signal.GetProperty("status")} {signal.GetProperty("recommendation")} {signal.GetProperty("failure_reason")}"));
        Assert.Equal(
            ["AAPL bullish", "MSFT bullish", "NVDA bullish"],
            jobs.Host.Query<string>("SELECT symbol || ' ' || sentiment FROM scheduled_job_results ORDER BY id", "jobs"));
    }

    [Fact]
    [Trait("Case", "C6")]
    public async Task Analyze_SentAgainUnderItsKey_IsAnsweredAsTheFirstTime_AndNotDoneAgain()
    {
        var first = await jobs.SendAsync(HttpMethod.Post, Path, idempotencyKey: "morning");
        jobs.Quotes.Requests.Clear();
        jobs.Quotes.Answer("AAPL", 500, "text/plain", "");

        var again = await jobs.SendAsync(HttpMethod.Post, Path, idempotencyKey: "morning");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        Assert.Empty(jobs.Quotes.Requests);
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", await (await jobs.SendAsync(HttpMethod.Post, $"{Path}?symbols=MSFT", idempotencyKey: "morning")).ProblemCodeAsync());
        Assert.Equal("IDEMPOTENCY_KEY_NOT_VALID", await (await jobs.SendAsync(HttpMethod.Post, Path, idempotencyKey: "no key")).ProblemCodeAsync());
    }

    [Fact]
    [Trait("Case", "C6")]
    public async Task Analyze_ThatWasNotAcknowledged_SentAgainUnderItsKey_IsDoneOnce()
    {
        using (var other = new SqliteConnection($"Data Source={System.IO.Path.Combine(jobs.Host.DataFolder, "kv.db")};Pooling=False"))
        {
            other.Open();
            using var locking = other.BeginTransaction(deferred: false);
            var first = jobs.SendAsync(HttpMethod.Post, Path, idempotencyKey: "morning");
            await Eventually.TrueAsync(() =>
            {
                jobs.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return first.IsCompleted;
            });
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "WRITE_NOT_ACKNOWLEDGED"), ((await first).StatusCode, await (await first).ProblemCodeAsync()));
        }

        Assert.Equal(HttpStatusCode.OK, (await jobs.SendAsync(HttpMethod.Post, Path, idempotencyKey: "morning")).StatusCode);
        Assert.Single(jobs.Executions());
    }

    [Fact]
    [Trait("Case", "C6")]
    public async Task Analyze_TwentyAtTheSameMomentUnderOneKey_IsDoneOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => jobs.SendAsync(HttpMethod.Post, Path, idempotencyKey: "morning")));

        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(answers, answer => !answer.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(2, jobs.Quotes.Requests.Count);
        Assert.Single(jobs.Executions());
    }

    [Fact]
    public async Task Analyze_WhenEverySymbolFails_StoresNothing()
    {
        var answer = await (await jobs.SendAsync(HttpMethod.Post, $"{Path}?symbols=GONE")).JsonAsync();

        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("data").GetProperty("market_sentiment").GetProperty("sentiment_label").ValueKind);
        Assert.Empty(jobs.Executions());
    }

    [Theory]
    [InlineData("'; DROP TABLE job_executions; --")]
    [InlineData("AAPL,<script>")]
    [InlineData(",")]
    public async Task Analyze_WhatIsNoSymbol_Is400_AndAsksNobody(string symbols)
    {
        var response = await jobs.SendAsync(HttpMethod.Get, $"{Path}?symbols={Uri.EscapeDataString(symbols)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("VALIDATION_FAILED", await response.ProblemCodeAsync());
        Assert.Empty(jobs.Quotes.Requests);
    }

    [Theory]
    [InlineData(50, HttpStatusCode.OK)]
    [InlineData(51, HttpStatusCode.BadRequest)]
    public async Task Analyze_TakesFiftySymbols(int count, HttpStatusCode status) => Assert.Equal(
        status, (await jobs.SendAsync(HttpMethod.Get, $"{Path}?symbols={string.Join(',', Enumerable.Range(1, count).Select(number => $"S{number}"))}")).StatusCode);

    [Theory]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData(ReportsHost.OtherKey, HttpStatusCode.Forbidden)]
    public async Task Analyze_NeedsAKeyThatMayWrite(string key, HttpStatusCode status)
    {
        Assert.Equal(status, (await jobs.SendAsync(HttpMethod.Get, Path, null, key)).StatusCode);
        Assert.Equal(status, (await jobs.SendAsync(HttpMethod.Post, "/api/v1/jobs/trigger", """{"report_type":"weekly"}""", key)).StatusCode);
    }
}
