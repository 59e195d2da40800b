using System.Net;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Jobs;

public sealed class TriggerTests
{
    private const string Path = "/api/v1/jobs/trigger";

    [Fact]
    public async Task Trigger_AnswersAtOnce_AndTheRunGoesOn()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-11-20T10:00:00Z", "SLOW");
        jobs.Quotes.NeverAnswer("SLOW");

        var response = await jobs.SendAsync(HttpMethod.Post, Path, """{"report_type":"pre-market","date":"2026-11-19"}""");
        var second = await jobs.SendAsync(HttpMethod.Post, Path, """{"report_type":"pre-market","date":"2026-11-19"}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var answer = await response.JsonAsync();
        Assert.Equal(("2026-11-19_pre-market_manual_0", "running", "2026-11-19"), (
            answer.GetProperty("run_id").GetString(), answer.GetProperty("status").GetString(), answer.GetProperty("date").GetString()));
        Assert.Equal("REPORT_RUNNING", await second.ProblemCodeAsync());
        await Eventually.TrueAsync(() => !jobs.Quotes.Requests.IsEmpty);
        jobs.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => jobs.Executions() is ["2026-11-19 pre-market failed manual"]);
    }

    [Fact]
    [Trait("Case", "C6")]
    public async Task Trigger_SentAgainUnderItsKey_BeginsNoSecondRun()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-11-20T10:00:00Z");
        const string Body = """{"report_type":"pre-market","date":"2026-11-19"}""";

        var first = await jobs.SendAsync(HttpMethod.Post, Path, Body, idempotencyKey: "run");
        await Eventually.TrueAsync(() => jobs.Executions() is [{ } line] && !line.Contains("running", StringComparison.Ordinal));
        var again = await jobs.SendAsync(HttpMethod.Post, Path, Body, idempotencyKey: "run");

        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Single(jobs.Executions());
        Assert.Equal(
            "IDEMPOTENCY_KEY_REUSED",
            await (await jobs.SendAsync(HttpMethod.Post, Path, """{"report_type":"weekly"}""", idempotencyKey: "run")).ProblemCodeAsync());
    }

    [Fact]
    public async Task Trigger_WhileTheHostStops_WritesTheRunsEnd()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-11-20T10:00:00Z", "SLOW");
        jobs.Quotes.NeverAnswer("SLOW");
        await jobs.SendAsync(HttpMethod.Post, Path, """{"report_type":"pre-market"}""");
        await Eventually.TrueAsync(() => !jobs.Quotes.Requests.IsEmpty);

        await jobs.RestartAsync("2026-11-20T10:01:00Z", "SLOW");

        Assert.Equal(["2026-11-20 pre-market failed manual"], jobs.Executions());
    }

    [Theory]
    [InlineData("""{"report_type":"intraday","date":"2026-11-19"}""", "DAY_IS_OVER")]
    [InlineData("""{"report_type":"end-of-day"}""", "REPORT_NOT_DUE")]
    [InlineData("""{"report_type":"end-of-day","date":"2026-11-26"}""", "NO_REPORT_OF_DATE")]
    [InlineData("""{"report_type":"pre-market","date":"2026-11-21"}""", "NO_REPORT_OF_DATE")]
    public async Task Trigger_WhatCannotBeMadeHonestly_Is409(string body, string code)
    {
        await using var jobs = await ReportsHost.StartAsync("2026-11-20T10:00:00Z");

        var response = await jobs.SendAsync(HttpMethod.Post, Path, body);

        Assert.Equal((HttpStatusCode.Conflict, code), (response.StatusCode, await response.ProblemCodeAsync()));
        Assert.Empty(jobs.Executions());
    }

    [Theory]
    [InlineData("""{"report_type":"hourly","date":"soon"}""", "date,report_type")]
    [InlineData("""{}""", "report_type")]
    [InlineData("""{"report_type":"weekly","when":"now"}""", "when")]
    public async Task Trigger_ABodyThatIsWrong_NamesWhatIs(string body, string fields)
    {
        await using var jobs = await ReportsHost.StartAsync("2026-11-20T10:00:00Z");

        var response = await jobs.SendAsync(HttpMethod.Post, Path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields, string.Join(',', (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Trigger_AWeeklyReportWithoutADate_IsOfTheLastSunday()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-11-20T10:00:00Z");

        var answer = await (await jobs.SendAsync(HttpMethod.Post, Path, """{"report_type":"weekly"}""")).JsonAsync();

        Assert.Equal("2026-11-15", answer.GetProperty("date").GetString());
        await Eventually.TrueAsync(() => jobs.Executions() is ["2026-11-15 weekly failed manual"]);
    }
}
