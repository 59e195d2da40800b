using System.Net;
using System.Text.Json;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Migration;

/// <summary>The migration over HTTP, on a host that is in use.</summary>
public sealed class MigrationTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        await KeyFile.ImportAsync(folder.Path, ("analysis_2026-01-08", AnalysisShapes.Enhanced), ("last_trade", "{}"));
        host = await TestHost.StartAsync(new TestHostOptions { DataFolder = folder.Path, Clock = new ManualClock("2026-01-08T14:00:00Z") });
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task TheWholeWay_ThereAndBack_ShowsTheSameReportAtEachStage()
    {
        var before = await ReportAsync();
        foreach (var (action, body, stage) in new (string, string?, string)[]
        {
            ("backfill", null, "copy"),
            ("advance", null, "sql"),
            ("advance", """{"force":true,"reason":"test"}""", "sql_only"),
            ("rollback", null, "sql"),
            ("rollback", "{}", "copy"),
            ("rollback", null, "kv"),
        })
        {
            var ended = await RunAsync(action, body);
            Assert.True(ended.GetProperty("status").GetString() == "completed", ended.GetRawText());
            Assert.Equal(stage, (await GetAsync("/api/migration/jobs")).GetProperty("stage").GetProperty("stage").GetString());
            Assert.Equal(before, await ReportAsync());
            if (stage != "kv")
            {
                await RunAsync("verify", "{}");
                var report = await GetAsync("/api/migration/jobs/report");
                Assert.True(report.GetProperty("overallSuccess").GetBoolean(), report.GetRawText());
                Assert.Equal(1, report.GetProperty("accounted").GetProperty("legacy").GetInt32());
            }
        }
    }

    [Fact]
    public async Task WhatCannotBeDone_IsRefusedWithItsReasons()
    {
        await RunAsync("advance", "{}");

        var closed = await SendAsync("advance", "{}");
        var problem = await closed.JsonAsync();

        Assert.Equal((HttpStatusCode.Conflict, "GATE_CLOSED"), (closed.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("backfill", problem.GetProperty("errors").GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync(HttpMethod.Get, "/api/migration/nobody", null, Operator)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("advance", """{"percent":7}""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("quarantine", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(HttpMethod.Get, "/api/migration")).StatusCode);
    }

    [Fact]
    public async Task WhatHasBegun_IsAnswered_AlsoWhenTheAuditLogDoesNotAnswer()
    {
        host.Execute("ALTER TABLE audit_log RENAME TO audit_log_that_is_away");

        var begun = await SendAsync("backfill", "{}");

        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        Assert.Equal("operator", (await GetAsync("/api/migration/jobs")).GetProperty("stage").GetProperty("changedBy").GetString());
    }

    [Fact]
    public async Task TwoOperatorsAtOnce_OneOfThemRestsOnWhatIsNoLongerSo()
    {
        var seen = (await host.SendAsync(HttpMethod.Get, "/api/migration/jobs", null, Operator)).Headers.ETag!.ToString();

        var first = await SendAsync("advance", "{}", ("If-Match", seen));
        var second = await SendAsync("advance", "{}", ("If-Match", seen));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.PreconditionFailed), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task TheSameKey_BeginsNothingTwice()
    {
        var first = await SendAsync("backfill", "{}", ("Idempotency-Key", "one"));
        var again = await SendAsync("backfill", "{}", ("Idempotency-Key", "one"));
        var other = await SendAsync("backfill", """{"dryRun":true}""", ("Idempotency-Key", "one"));

        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", await other.ProblemCodeAsync());
        Assert.Single((await GetAsync("/api/migration/jobs")).GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task ARun_IsFollowedToItsEnd()
    {
        var begun = await SendAsync("backfill", "{}");

        var events = await (await host.SendAsync(HttpMethod.Get, $"{begun.Headers.Location}/events", null, Operator)).Content.ReadAsStringAsync();

        Assert.Contains("event: end\ndata: {", events, StringComparison.Ordinal);
        Assert.True((await GetAsync("/api/migration-status")).GetProperty("completed").GetBoolean());
    }

    [Fact]
    public async Task TheTimer_CopiesWhatWasWrittenPastTheEngine()
    {
        await RunAsync("advance", "{}");

        await host.RunTimerAsync("ReconcileKeys");

        await Eventually.TrueAsync(async () => (await GetAsync("/api/migration/jobs")).GetProperty("keys").GetProperty("known").GetInt32() == 1);
    }

    /// <summary>Lists are SQL's at every stage; until it has everything they say so.</summary>
    [Fact]
    public async Task ListsOfJobs_SayWhatTheyMiss_UntilEverythingIsCopied()
    {
        foreach (var (action, misses) in new[] { ("advance", true), ("backfill", false), ("rollback", true), ("advance", true), ("backfill", false) })
        {
            await RunAsync(action, "{}");
            host.Clock.Advance(TimeSpan.FromSeconds(3));
            foreach (var path in new[] { "history", "latest", "stats", "schedule", "1" })
            {
                var answer = await host.Http.GetAsync($"/api/v1/jobs/{path}");
                Assert.True(misses == answer.Headers.Contains("X-Data-Incomplete"), $"{path} after {action}");
            }
        }
    }

    private static (string, string) Operator => ("Authorization", $"Bearer {TestHost.AdminToken}");

    private async Task<string> ReportAsync() =>
        (await (await host.Http.GetAsync("/api/v1/reports/pre-market?date=2026-01-08")).JsonAsync()).GetProperty("report").GetRawText();

    private async Task<JsonElement> GetAsync(string path) => await (await host.SendAsync(HttpMethod.Get, path, null, Operator)).JsonAsync();

    private Task<HttpResponseMessage> SendAsync(string action, string? body, params (string, string)[] headers) =>
        host.SendAsync(HttpMethod.Post, $"/api/migration/jobs/{action}", body, [Operator, .. headers]);

    /// <summary>Begins an operation, and lets time pass until it has ended.</summary>
    private async Task<JsonElement> RunAsync(string action, string? body)
    {
        var begun = SendAsync(action, body);
        while (!begun.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(begun, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        }

        var response = await begun;
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var answer = await response.JsonAsync();
        await Eventually.TrueAsync(async () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            answer = await GetAsync(response.Headers.Location!.ToString());
            return answer.GetProperty("status").GetString() != "running";
        });
        return answer;
    }
}
