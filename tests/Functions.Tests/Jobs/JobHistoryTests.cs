using System.Net;
using NodaTime;
using TraderHub.Core.Jobs;

namespace TraderHub.Functions.Tests.Jobs;

public sealed class JobHistoryTests : IAsyncLifetime
{
    private static readonly LocalDate Friday = new(2026, 11, 20);

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await JobsHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task History_HasTheDocumentedEnvelopeAndFields()
    {
        await host.StoreAsync(Job(Friday, 12) with
        {
            Symbols = new(2, 0, null, 0),
            ExecutionTimeMs = 0,
            Metadata = """{"workflow_run_id":"20795135155"}""",
            Errors = ["AAPL: no data"],
        });

        var text = await host.Http.GetStringAsync("/api/v1/jobs/history");

        Assert.Equal(
            """
            {"success":true,"count":1,"jobs":[{"id":1,"job_type":"analysis","execution_date":"2026-11-20","report_type":null,"status":"success","executed_at":"2026-11-20T12:00:00.000Z","started_at":null,"execution_time_ms":0,"symbols_processed":2,"symbols_successful":0,"symbols_fallback":null,"symbols_failed":0,"success_rate":0,"metadata":{"workflow_run_id":"20795135155"},"run_id":"2026-11-20 12","trigger_source":null}],"next_cursor":null,"has_more":false}
            """,
            text);
    }

    [Fact]
    public async Task History_IsNewestBusinessDateFirst_ThenTheNewestExecution()
    {
        var backfilled = await host.StoreAsync(Job(Friday.PlusDays(-30), 23));
        var morning = await host.StoreAsync(Job(Friday, 12));
        var noon = await host.StoreAsync(Job(Friday, 16));

        Assert.Equal([noon.Id, morning.Id, backfilled.Id], (await host.GetJsonAsync("/api/v1/jobs/history")).Ids());
    }

    [Fact]
    public async Task EveryFilter_Narrows_AndTheyCombine()
    {
        var other = await host.StoreAsync(Job(Friday.PlusDays(-1), 12) with { JobType = "intraday", ReportType = ReportTypes.Intraday, ExecutionTimeMs = 500 });
        var wanted = await host.StoreAsync(Job(Friday, 16) with
        {
            ReportType = ReportTypes.Weekly,
            Status = JobStatus.Failed,
            ExecutionTimeMs = 1500,
            Metadata = """{"note":"100% Sure_thing"}""",
            Errors = ["the feed timed out"],
            Results = [new NewJobResult(ResultTypes.AnalysisDetail) { Symbol = "AAPL" }],
        });
        var plain = await host.StoreAsync(Job(Friday, 12));

        await AssertFoundAsync("", plain: true, other: true);
        await AssertFoundAsync("?type=analysis", plain: true, other: false);
        await AssertFoundAsync("?status=failed", plain: false, other: false);
        await AssertFoundAsync("?status=failure", plain: false, other: false);
        await AssertFoundAsync("?report_type=weekly", plain: false, other: false);
        await AssertFoundAsync("?symbol=AAPL", plain: false, other: false);
        await AssertFoundAsync("?symbol=aapl", plain: false, other: false);
        await AssertFoundAsync("?from=2026-11-20", plain: true, other: false);
        await AssertFoundAsync("?from=2026-11-20&to=2026-11-21", plain: true, other: false);
        await AssertFoundAsync("?min_duration=1500", plain: false, other: false);
        await AssertFoundAsync("?q=100%25%20sure_", plain: false, other: false);
        await AssertFoundAsync("?type=analysis&status=failed&report_type=weekly&symbol=AAPL&from=2026-11-20&to=2026-11-21&q=SURE&min_duration=1", plain: false, other: false);
        foreach (var nothing in new[] { "?to=2026-11-19", "?type=none", "?symbol=MSFT", "?q=s_re", "?type=intraday&status=failed", "?status=running", "?q=timed" })
        {
            Assert.Empty((await host.GetJsonAsync($"/api/v1/jobs/history{nothing}")).Ids());
        }

        async Task AssertFoundAsync(string query, bool plain, bool other)
        {
            var ids = (await host.GetJsonAsync($"/api/v1/jobs/history{query}")).Ids();
            Assert.Contains(wanted.Id, ids);
            Assert.Equal((plain, other), (ids.Contains(3), ids.Contains(1)));
        }

        Assert.Equal((1L, 3L), (other.Id, plain.Id));
    }

    [Fact]
    public async Task ErrorTexts_AreForThoseWithTheScope_ToReadAndToSearch()
    {
        await host.StoreAsync(Job(Friday, 12) with { Errors = ["the feed timed out"] });
        const string Path = "/api/v1/jobs/history?q=timed";

        Assert.Empty((await host.GetJsonAsync(Path)).Ids());
        Assert.Empty((await host.GetJsonAsync(Path, JobsHost.Writer)).Ids());
        var jobs = (await host.GetJsonAsync(Path, JobsHost.Reader)).GetProperty("jobs");
        Assert.Equal("the feed timed out", jobs[0].GetProperty("errors")[0].GetString());
        Assert.Single((await host.GetJsonAsync(Path, ("Authorization", $"Bearer {TestHost.AdminToken}"))).Ids());
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(HttpMethod.Get, Path, null, ("X-API-Key", "a guess"))).StatusCode);
    }

    [Fact]
    public async Task Pages_WalkedByTheirCursors_HaveEachExecutionOnce()
    {
        for (var i = 0; i < 23; i++)
        {
            await host.StoreAsync(Job(Friday.PlusDays(-(i % 3)), i % 5) with { RunId = $"run {i}" });
        }

        var whole = (await host.GetJsonAsync("/api/v1/jobs/history")).Ids();
        var walked = new List<long>();
        for (var query = "?limit=4"; query is not null;)
        {
            var page = await host.GetJsonAsync($"/api/v1/jobs/history{query}");
            walked.AddRange(page.Ids());
            var next = page.GetProperty("next_cursor").GetString();
            Assert.Equal(next is not null, page.GetProperty("has_more").GetBoolean());
            query = next is null ? null : $"?limit=4&cursor={next}";
        }

        Assert.Equal(23, whole.Count);
        Assert.Equal(whole, walked);
    }

    [Theory]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=abc", "limit")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("from=2026-11-20&to=2026-11-19", "to")]
    [InlineData("status=done", "status")]
    [InlineData("report_type=hourly", "report_type")]
    [InlineData("min_duration=-1", "min_duration")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("type=", "type")]
    [InlineData("offset=3", "offset")]
    public async Task ABadParameter_Is400AndNamed(string query, string field)
    {
        var response = await host.Http.GetAsync($"/api/v1/jobs/history?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([field], (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(each => each.Name));
    }

    [Fact]
    public async Task WhatLooksLikeSql_IsText()
    {
        await host.StoreAsync(Job(Friday, 12));

        foreach (var name in new[] { "type", "symbol", "q" })
        {
            Assert.Empty((await host.GetJsonAsync($"/api/v1/jobs/history?{name}={Uri.EscapeDataString("'; DROP TABLE job_executions; --")}")).Ids());
        }

        Assert.Single((await host.GetJsonAsync("/api/v1/jobs/history")).Ids());
    }

    [Fact]
    public async Task Latest_IsTheNewestAnalysis_OrWhatIsAskedFor()
    {
        var none = await host.Http.GetAsync("/api/v1/jobs/latest");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        var problem = await none.JsonAsync();
        Assert.False(problem.GetProperty("success").GetBoolean());
        Assert.Equal("No jobs found", problem.GetProperty("error").GetString());

        var old = await host.StoreAsync(Job(Friday.PlusDays(-1), 12) with { ReportType = ReportTypes.Weekly });
        var newest = await host.StoreAsync(Job(Friday, 12));
        await host.StoreAsync(Job(Friday, 13) with { JobType = "other" });

        Assert.Equal(newest.Id, await LatestAsync(""));
        Assert.Equal(newest.Id, await LatestAsync("?type=analysis"));
        Assert.Equal(old.Id, await LatestAsync("?report_type=weekly"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync("/api/v1/jobs/latest?type=other&report_type=weekly")).StatusCode);

        async Task<long> LatestAsync(string query) =>
            (await host.GetJsonAsync($"/api/v1/jobs/latest{query}")).GetProperty("job").GetProperty("id").GetInt64();
    }

    private static NewJob Job(LocalDate date, int hour) => new(
        JobTypes.Analysis, date, null, $"{date:uuuu-MM-dd} {hour}", JobStatus.Success, (date + new LocalTime(hour, 0)).InUtc().ToInstant());
}
