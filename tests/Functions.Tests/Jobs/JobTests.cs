using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.Jobs;

namespace TraderHub.Functions.Tests.Jobs;

/// <summary>Single executions over HTTP: stored, read and removed.</summary>
public sealed class JobTests : IAsyncLifetime
{
    private const string Body = """
        {"job_type":"analysis","execution_date":"2026-11-20","report_type":"pre-market","status":"failure","execution_time_ms":0,
         "symbols_processed":3,"symbols_successful":3,"symbols_failed":0,"errors":"MSFT: no data","metadata":{"trigger":"scheduled"},
         "results":[
           {"result_type":"analysis_detail","symbol":"AAPL","sentiment":"bullish","confidence":0,"direction":"up","reasoning":"why not","signals":[{"type":"momentum"}]},
           {"result_type":"analysis_detail","symbol":"MSFT"},
           {"result_type":"report_snapshot","report_content":{"a":[1,2.50]},"html_snapshot":"<p>it's</p>"}]}
        """;

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await JobsHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Post_StoresTheExecutionWithItsResults_AndCountsWhatIsReallyThere()
    {
        var response = await PostAsync(Body);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/v1/jobs/1", response.Headers.Location!.ToString());
        var stored = await response.JsonAsync();
        Assert.True(stored.GetProperty("success").GetBoolean());
        Assert.Equal(1, stored.GetProperty("job").GetProperty("id").GetInt64());
        Assert.False(stored.GetProperty("job").TryGetProperty("errors", out _));

        var read = await host.GetJsonAsync("/api/v1/jobs/1", JobsHost.Reader);
        var job = read.GetProperty("job");
        Assert.Equal("failed", job.GetProperty("status").GetString());
        Assert.Equal("""["MSFT: no data"]""", job.GetProperty("errors").GetRawText());
        Assert.Equal("""{"trigger":"scheduled"}""", job.GetProperty("metadata").GetRawText());
        Assert.Equal(0, job.GetProperty("execution_time_ms").GetInt64());
        Assert.Equal((3, 1, 2), (Count(job, "processed"), Count(job, "successful"), Count(job, "failed")));
        Assert.Equal(JsonValueKind.Null, job.GetProperty("symbols_fallback").ValueKind);
        Assert.Equal("api", job.GetProperty("trigger_source").GetString());
        var results = read.GetProperty("results");
        Assert.Equal(2, results.GetArrayLength());
        Assert.Equal(0, results[0].GetProperty("confidence").GetDouble());
        Assert.Equal("""[{"type":"momentum"}]""", results[0].GetProperty("signals").GetRawText());
        Assert.Equal(JsonValueKind.Null, results[1].GetProperty("confidence").ValueKind);
        Assert.Equal("""{"a":[1,2.50]}""", read.GetProperty("snapshot").GetProperty("report_content").GetRawText());
        Assert.Equal("<p>it's</p>", read.GetProperty("snapshot").GetProperty("html_snapshot").GetString());
    }

    [Fact]
    public async Task Post_SentAgainUnderItsKey_IsStoredOnce()
    {
        var first = await PostAsync(Body, ("Idempotency-Key", "run-7"));
        var again = await PostAsync(Body, ("Idempotency-Key", "run-7"));

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(Body.Replace("AAPL", "TSLA", StringComparison.Ordinal), ("Idempotency-Key", "run-7"))).StatusCode);
        Assert.Single((await host.GetJsonAsync("/api/v1/jobs/history")).Ids());
    }

    [Fact]
    public async Task Post_WithFaults_NamesAllOfThemAtOnce_AndStoresNothing()
    {
        var response = await PostAsync(
            """
            {"job_type":"","report_type":"hourly","status":"running","execution_time_ms":-1,"symbols_failed":"2","metadata":[],"errors":[1],"colour":1,
             "results":[{"result_type":"other","confidence":1.5,"signals":{}},7,{"symbol":"AAPL"}]}
            """);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            [
                "colour", "errors", "execution_date", "execution_time_ms", "job_type", "metadata", "report_type", "results[0].confidence",
                "results[0].result_type", "results[0].signals", "results[1]", "results[2].result_type", "status", "symbols_failed",
            ],
            (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(each => each.Name));
        Assert.Empty((await host.GetJsonAsync("/api/v1/jobs/history")).Ids());
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("20.11.2026")]
    public async Task Post_ADateThatIsNone_Is400(string date) => Assert.Equal(
        HttpStatusCode.BadRequest, (await PostAsync(Body.Replace("2026-11-20", date, StringComparison.Ordinal))).StatusCode);

    [Fact]
    public async Task Post_ABodyBeyondTheLimit_Is413()
    {
        var response = await PostAsync($$"""{"job_type":"{{new string('x', 2_000_000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task PostAndDelete_NeedTheScopeToWrite()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(HttpMethod.Post, "/api/v1/jobs", Body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.SendAsync(HttpMethod.Post, "/api/v1/jobs", Body, JobsHost.Reader)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(HttpMethod.Delete, "/api/v1/jobs/1")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.SendAsync(HttpMethod.Delete, "/api/v1/jobs/1", null, JobsHost.Reader)).StatusCode);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("abc")]
    [InlineData("1e9")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("99999999999999999999")]
    public async Task AnIdThatIsNone_Is404(string id)
    {
        foreach (var response in new[]
        {
            await host.Http.GetAsync($"/api/v1/jobs/{id}"),
            await host.Http.GetAsync($"/api/v1/jobs/{id}/stages"),
            await host.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{id}", null, JobsHost.Writer),
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("Job not found", (await response.JsonAsync()).GetProperty("error").GetString());
        }
    }

    [Fact]
    public async Task Delete_RemovesWhatHasEnded_AndSparesWhatRuns()
    {
        await PostAsync(Body);
        var running = (await host.Services.GetRequiredService<RunJob>().StartAsync(
            new JobStart("weekly", new LocalDate(2026, 11, 20), ReportTypes.Weekly, "run", JobTriggers.Manual), CancellationToken.None))!;

        Assert.Equal(HttpStatusCode.NoContent, (await host.SendAsync(HttpMethod.Delete, "/api/v1/jobs/1", null, JobsHost.Writer)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync("/api/v1/jobs/1")).StatusCode);
        var refused = await host.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{running.Id}", null, JobsHost.Writer);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("JOB_RUNNING", await refused.ProblemCodeAsync());
    }

    [Fact]
    public async Task Stages_TellHowFarARunGot_AndWhatWentWrongToThoseWithTheScope()
    {
        var run = (await host.Services.GetRequiredService<RunJob>().StartAsync(
            new JobStart("weekly", new LocalDate(2026, 11, 20), ReportTypes.Weekly, "run", JobTriggers.Manual), CancellationToken.None))!;
        await Assert.ThrowsAsync<InvalidOperationException>(() => run.ExecuteAsync(
            current => current.StageAsync<JobOutcome>(JobStages.DataFetch, () => throw new InvalidOperationException("no feed"), CancellationToken.None)));

        var open = (await host.GetJsonAsync($"/api/v1/jobs/{run.Id}/stages")).GetProperty("stages")[0];
        var known = (await host.GetJsonAsync($"/api/v1/jobs/{run.Id}/stages", JobsHost.Reader)).GetProperty("stages")[0];

        Assert.Equal("""{"stage":"data_fetch","status":"failed","started_at":"2026-11-20T14:40:00.000Z","ended_at":"2026-11-20T14:40:00.000Z"}""", open.GetRawText());
        Assert.Equal("no feed", known.GetProperty("errors")[0].GetString());
    }

    [Fact]
    [Trait("Case", "A9")]
    public async Task Post_ManyWhileAnotherProcessHoldsTheLock_AreAllToldSoWithinTheTimeOfOne()
    {
        using var other = new SqliteConnection($"Data Source={Path.Combine(host.DataFolder, "jobs.db")};Pooling=False");
        other.Open();
        using var locking = other.BeginTransaction(deferred: false);
        var begun = Stopwatch.GetTimestamp();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(Body)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 4, 10);
        locking.Rollback();
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(Body)).StatusCode);
    }

    [Theory]
    [Trait("Case", "C6")]
    [InlineData("/api/v1/jobs/")]
    [InlineData("/API/V1/Jobs")]
    public async Task Post_AgainUnderItsKeyToAnotherSpellingOfThePath_IsStoredOnce(string path)
    {
        await PostAsync(Body, ("Idempotency-Key", "one"));

        var again = await host.SendAsync(HttpMethod.Post, path, Body, JobsHost.Writer, ("Idempotency-Key", "one"));

        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Single(host.Query<long>("SELECT id FROM job_executions", "jobs"));
    }

    private static long Count(JsonElement job, string what) => job.GetProperty($"symbols_{what}").GetInt64();

    private Task<HttpResponseMessage> PostAsync(string body, params (string, string)[] headers) =>
        host.SendAsync(HttpMethod.Post, "/api/v1/jobs", body, [JobsHost.Writer, .. headers]);
}
