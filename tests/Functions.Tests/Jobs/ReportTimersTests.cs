using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Jobs;

public sealed class ReportTimersTests
{
    [Fact]
    public async Task ANormalDay_HasItsThreeReports_AndRunningEverythingAgainAddsNothing()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-07-15T12:30:00Z");
        var (yesterday, today) = (new DateOnly(2026, 7, 14), new DateOnly(2026, 7, 15));
        jobs.Rise("AAPL", yesterday);
        jobs.Rise("MSFT", yesterday);
        Assert.Equal("completed 1 0 0", await jobs.RunTimerAsync("PreMarketBriefing"));

        jobs.Rise("AAPL", today, 0.03m);
        jobs.Rise("MSFT", today, -0.02m);
        await jobs.RestartAsync("2026-07-15T16:00:00Z");
        Assert.Equal("completed 1 0 1", await jobs.RunTimerAsync("IntradayCheck"));
        await jobs.RestartAsync("2026-07-15T20:05:00Z");
        Assert.Equal("completed 1 0 2", await jobs.RunTimerAsync("EndOfDaySummary"));

        var before = jobs.Executions();
        foreach (var timer in new[] { "PreMarketBriefing", "IntradayCheck", "EndOfDaySummary", "WeeklyReview", "MarkStalledJobs" })
        {
            await jobs.RunTimerAsync(timer);
        }

        Assert.Equal(
            ["2026-07-15 pre-market success cron", "2026-07-15 - success kv", "2026-07-15 intraday success cron", "2026-07-15 end-of-day success cron"], jobs.Executions());
        Assert.Equal(before, jobs.Executions());
        var report = (await jobs.ReadAsync("/api/v1/reports/end-of-day")).GetProperty("report");
        Assert.Equal((2, 1, 1, 50), (
            report.GetProperty("evaluated_count").GetInt32(),
            report.GetProperty("correct_calls").GetInt32(),
            report.GetProperty("wrong_calls").GetInt32(),
            report.GetProperty("overall_accuracy").GetInt32()));
        Assert.Equal(("2026-07-15_pre-market_cron_0", "2026-07-15_intraday_cron_0"), (
            report.GetProperty("pre_market_run_id").GetString(), report.GetProperty("intraday_run_id").GetString()));
        Assert.Equal("ready", (await jobs.ReadAsync("/api/v1/reports/intraday")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task ARun_LogsItsStages()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-07-15T12:30:00Z");
        jobs.Rise("AAPL", new(2026, 7, 14));
        jobs.Rise("MSFT", new(2026, 7, 14));

        await jobs.RunTimerAsync("PreMarketBriefing");

        Assert.Equal(
            ["init success", "data_fetch success", "ai_analysis success", "storage success", "finalize success"],
            jobs.Host.Query<string>("SELECT stage || ' ' || status FROM job_stage_log ORDER BY id", "jobs"));
    }

    [Fact]
    public async Task AHoliday_IsSkipped_WithItsNameInTheRun()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-11-26T21:05:00Z");

        Assert.Equal("completed 0 0 1", await jobs.RunTimerAsync("EndOfDaySummary"));
        await jobs.RunTimerAsync("EndOfDaySummary");

        Assert.Equal(["""{"holiday":"Thanksgiving Day"}"""], jobs.Host.Query<string>("SELECT metadata FROM job_executions", "jobs"));
        var report = await jobs.ReadAsync("/api/v1/reports/end-of-day");
        Assert.Equal(("holiday", "Thanksgiving Day"), (report.GetProperty("state").GetString(), report.GetProperty("holiday").GetString()));
        Assert.Empty(jobs.Quotes.Requests);
    }

    [Theory]
    [InlineData("2026-11-20T20:05:00Z", 2026, 11, 20, false)]
    [InlineData("2026-11-20T21:05:00Z", 2026, 11, 20, true)]
    [InlineData("2026-11-27T20:05:00Z", 2026, 11, 27, true)]
    [InlineData("2026-07-15T20:05:00Z", 2026, 7, 15, true)]
    [InlineData("2026-03-06T20:05:00Z", 2026, 3, 6, false)]
    [InlineData("2026-03-09T20:05:00Z", 2026, 3, 9, true)]
    [InlineData("2026-10-30T20:05:00Z", 2026, 10, 30, true)]
    [InlineData("2026-11-02T20:05:00Z", 2026, 11, 2, false)]
    [InlineData("2026-11-21T02:00:00Z", 2026, 11, 20, true)]
    public async Task TheEndOfDay_IsMadeAtTheFirstOfferAfterTheClose_OfNewYorksDate(string now, int year, int month, int day, bool isMade)
    {
        await using var jobs = await ReportsHost.StartAsync(now, "AAPL");
        jobs.Rise("AAPL", new DateOnly(year, month, day));

        await jobs.RunTimerAsync("EndOfDaySummary");

        // What was missed that day is made up for first.
        Assert.Equal(
            [$"{year}-{month:00}-{day:00} pre-market success cron", $"{year}-{month:00}-{day:00} - success kv", $"{year}-{month:00}-{day:00} intraday success cron",
             .. isMade ? [$"{year}-{month:00}-{day:00} end-of-day success cron"] : Array.Empty<string>()],
            jobs.Executions());
    }

    [Fact]
    public async Task AMissedRun_IsNotMadeUpForOnAnotherDate()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-11-21T14:00:00Z", "AAPL");
        jobs.Rise("AAPL", new DateOnly(2026, 11, 20));

        Assert.Equal("completed 0 0 3", await jobs.RunTimerAsync("EndOfDaySummary"));
        Assert.Empty(jobs.Executions());
        Assert.Equal("no_data", (await jobs.ReadAsync("/api/v1/reports/end-of-day?date=2026-11-20")).GetProperty("state").GetString());
        Assert.Equal("closed", (await jobs.ReadAsync("/api/v1/reports/end-of-day")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task AMissedRun_IsMadeUpForAtTheNextStart_OfTheSameBusinessDate()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-07-15T12:00:00Z", "AAPL");
        jobs.Rise("AAPL", new DateOnly(2026, 7, 14));
        await Eventually.TrueAsync(() => jobs.Host.Query<string>("SELECT function FROM timer_status").Contains("PreMarketBriefing"));

        await jobs.RestartAsync("2026-07-15T13:10:00Z", "AAPL", remembersTimers: true);

        await Eventually.TrueAsync(() => jobs.Executions() is ["2026-07-15 pre-market success cron", "2026-07-15 - success kv"]);
    }

    [Fact]
    public async Task AFailedRun_IsToldHonestly_AndTheNextTimerTriesAgain()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-07-15T12:30:00Z", "AAPL");
        jobs.Quotes.Answer("AAPL", 502, "text/html", "<html>");
        Assert.Equal("completed 0 1 0", await jobs.RunTimerAsync("PreMarketBriefing"));

        var failed = await jobs.ReadAsync("/api/v1/reports/pre-market");
        Assert.Equal(("failed", "failed"), (failed.GetProperty("state").GetString(), failed.GetProperty("run").GetProperty("status").GetString()));
        Assert.Equal("""["Yahoo Finance answered with status 502."]""", jobs.Host.Query<string>("SELECT errors FROM job_executions", "jobs").Single());

        jobs.Rise("AAPL", new DateOnly(2026, 7, 14));
        await jobs.RestartAsync("2026-07-15T16:00:00Z", "AAPL");
        Assert.Equal("completed 2 0 0", await jobs.RunTimerAsync("IntradayCheck"));
        Assert.Equal("ready", (await jobs.ReadAsync("/api/v1/reports/pre-market")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task ASymbolThatHangs_FailsAlone_AndTheRunIsPartial()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-07-15T12:30:00Z", "AAPL,SLOW,GONE");
        jobs.Rise("AAPL", new DateOnly(2026, 7, 14));
        jobs.Quotes.NeverAnswer("SLOW");
        var run = jobs.RunTimerAsync("PreMarketBriefing");
        await Eventually.TrueAsync(() => jobs.Quotes.Requests.Count == 3);
        await Eventually.TrueAsync(() => jobs.Host.Log.Lines.Any(line => line.Contains("GONE", StringComparison.Ordinal)));

        jobs.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("completed 1 0 0", await run.WaitAsync(Eventually.Limit));
        var report = await (await jobs.SendAsync(HttpMethod.Get, "/api/v1/reports/pre-market", null, ReportsHost.OtherKey)).JsonAsync();
        Assert.Equal("partial", report.GetProperty("run").GetProperty("status").GetString());
        Assert.Equal(
            ["AAPL success ", "SLOW failed Yahoo Finance did not answer within 10 s.", "GONE failed Yahoo Finance answered with status 404."],
            report.GetProperty("report").GetProperty("all_signals").EnumerateArray().Select(signal =>
                $"{signal.GetProperty("symbol")} {signal.GetProperty("status")} {signal.GetProperty("failure_reason")}"));

        // What went wrong is not everybody's to read.
        Assert.DoesNotContain("Yahoo", await jobs.Host.Http.GetStringAsync("/api/v1/reports/pre-market"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheWeek_IsMadeOnSunday_OfTheDaysThatHaveAReport()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-11-20T21:05:00Z", "AAPL");
        jobs.Rise("AAPL", new DateOnly(2026, 11, 20));
        await jobs.RunTimerAsync("EndOfDaySummary");
        Assert.Equal("scheduled", (await jobs.ReadAsync("/api/v1/reports/weekly")).GetProperty("state").GetString());
        await jobs.RestartAsync("2026-11-22T14:00:00Z", "AAPL");

        Assert.Equal("completed 1 0 0", await jobs.RunTimerAsync("WeeklyReview"));
        Assert.Equal("completed 0 0 1", await jobs.RunTimerAsync("WeeklyReview"));

        var answer = await jobs.ReadAsync("/api/v1/reports/weekly?date=2026-11-17");
        var report = answer.GetProperty("report");
        Assert.Equal(("2026-11-22", "2026-W47", "partial", 5, 1), (
            answer.GetProperty("date").GetString(),
            report.GetProperty("week").GetString(),
            answer.GetProperty("run").GetProperty("status").GetString(),
            report.GetProperty("weekly_overview").GetProperty("trading_days").GetInt32(),
            report.GetProperty("weekly_overview").GetProperty("trading_days_found").GetInt32()));
        Assert.Equal("2026-W47", (await jobs.ReadAsync("/api/v1/reports/weekly?date=2026-W47")).GetProperty("report").GetProperty("week").GetString());
    }

    [Fact]
    public async Task ARunThatStalls_IsMarkedAsFailed()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-07-15T12:30:00Z", "SLOW");
        jobs.Quotes.NeverAnswer("SLOW");
        var accepted = await jobs.SendAsync(HttpMethod.Post, "/api/v1/jobs/trigger", """{"report_type":"pre-market"}""");
        Assert.Equal("in_progress", (await jobs.ReadAsync("/api/v1/reports/pre-market")).GetProperty("state").GetString());
        await jobs.RestartAsync("2026-07-15T13:00:00Z", "SLOW");

        // As a process that was killed leaves it.
        jobs.Host.Execute("UPDATE job_executions SET status = 'running'", "jobs");
        await jobs.RunTimerAsync("MarkStalledJobs");

        Assert.Equal(202, (int)accepted.StatusCode);
        Assert.Equal("failed", (await jobs.ReadAsync("/api/v1/reports/pre-market")).GetProperty("state").GetString());
    }
}
