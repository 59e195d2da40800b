using System.Net;
using System.Text.Json;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Worktime;

public sealed class WorktimeStatsTests : IAsyncLifetime
{
    private TestHost host = null!;
    private Developer developer = null!;

    public async Task InitializeAsync()
    {
        host = await Developer.HostAsync();
        developer = await Developer.SignInAsync(host);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task TheStatistics_HaveTheDocumentedShapes_AndAgreeWithEachOther()
    {
        await developer.JsonAsync(HttpStatusCode.OK, "PATCH", "/api/time-sessions/profile", """{"timezone_id":"Europe/Berlin"}""");
        await SpendAsync("a", "hub", 7, "2026-11-20T22:30:00Z", "2026-11-20T23:30:00Z");
        await SpendAsync("b", "hub", 8, "2026-11-20T10:00:00Z", "2026-11-20T10:10:01Z");
        await SpendAsync("c", "lab", 1, "2026-11-16T10:00:00Z", "2026-11-16T10:10:00Z");
        await SpendAsync("d", "lab", 1, "2026-10-22T10:00:00Z", "2026-10-22T10:10:00Z");

        Assert.Equal(
            """{"stats":[{"date":"2026-11-21","total_seconds":1800,"session_count":0,"avg_session_seconds":0,"repos":[{"repo_owner":"octo","repo_name":"hub","total_seconds":1800,"session_count":0,"avg_session_seconds":0}]},{"date":"2026-11-20","total_seconds":2401,"session_count":2,"avg_session_seconds":1201,"repos":[{"repo_owner":"octo","repo_name":"hub","total_seconds":2401,"session_count":2,"avg_session_seconds":1201}]}],"days":2,"total_stats":2}""",
            (await developer.GetAsync("/api/stats/daily?days=2")).GetRawText());
        Assert.Equal(
            """{"week":"2026-W47","total_seconds":4801,"session_count":3,"daily_breakdown":[{"date":"2026-11-16","total_seconds":600,"session_count":1},{"date":"2026-11-20","total_seconds":2401,"session_count":2},{"date":"2026-11-21","total_seconds":1800,"session_count":0}]}""",
            Without((await developer.GetAsync("/api/stats/weekly?week=2026-W47")).GetRawText()));
        Assert.Equal(
            """{"repo_owner":"octo","repo_name":"HUB","total_seconds":4201,"session_count":2,"avg_seconds":2100.5}""",
            (await developer.GetAsync("/api/stats/repo/octo/HUB")).GetRawText());
        Assert.Equal(
            """{"repo_owner":"octo","repo_name":"none","total_seconds":0,"session_count":0,"avg_seconds":0}""",
            (await developer.GetAsync("/api/stats/repo/octo/none")).GetRawText());
        Assert.Equal(
            """{"period_days":30,"total_seconds":4801,"total_sessions":3,"avg_seconds_per_day":1600,"avg_seconds_per_session":1600,"active_days":3}""",
            (await developer.GetAsync("/api/stats/summary")).GetRawText());
        Assert.Equal(
            """{"from":"2026-11-20","to":"2026-11-22","total_seconds":4201,"session_count":2,"days":[{"date":"2026-11-20","total_seconds":2401,"pull_requests":[{"repo_owner":"octo","repo_name":"hub","pr_number":7,"total_seconds":1800,"session_count":1},{"repo_owner":"octo","repo_name":"hub","pr_number":8,"total_seconds":601,"session_count":1}]},{"date":"2026-11-21","total_seconds":1800,"pull_requests":[{"repo_owner":"octo","repo_name":"hub","pr_number":7,"total_seconds":1800,"session_count":0}]}]}""",
            (await developer.GetAsync("/api/stats/matrix?from=2026-11-20&to=2026-11-22")).GetRawText());
        Assert.Equal(4801, (await developer.GetAsync("/api/stats/matrix")).GetProperty("total_seconds").GetInt64());
    }

    [Fact]
    public async Task AnAnswerIsKeptByItsCallerAlone_AndARefusalByNobody()
    {
        var answer = await developer.SendAsync("GET", "/api/stats/daily");
        var refusal = await developer.SendAsync("GET", "/api/stats/daily?days=0");

        Assert.Equal("max-age=60, private", answer.Headers.CacheControl!.ToString());
        Assert.Superset(new HashSet<string> { "Authorization", "Cookie" }, answer.Headers.Vary.ToHashSet());
        Assert.Equal("no-store", refusal.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Activities_HaveTheDocumentedShapes_AndAreStoredOnce()
    {
        const string One = """{"activity_type":"comment","repo_owner":"octo","repo_name":"hub","pr_number":7,"metadata":{"duration_seconds":5,"is_inline_comment":true},"client_id":"a"}""";
        const string Batch = """
            {"activities":[{"activity_type":"comment","repo_owner":"octo","repo_name":"hub","pr_number":7,"client_id":"a"},
             {"activity_type":"approve","repo_owner":"octo","repo_name":"lab","pr_number":8,"created_at":"2026-11-20T10:00:00Z","client_id":"b"}]}
            """;

        var stored = await developer.JsonAsync(HttpStatusCode.Created, "POST", "/api/activities", One);
        var batch = await developer.JsonAsync(HttpStatusCode.Created, "POST", "/api/activities/batch", Batch);
        var again = await developer.JsonAsync(HttpStatusCode.Created, "POST", "/api/activities/batch", Batch);

        Assert.Equal(
            """{"activity_id":1,"activity_type":"comment","repo_owner":"octo","repo_name":"hub","pr_number":7,"created_at":"2026-11-21T09:40:00.000Z"}""", stored.GetRawText());
        var ids = batch.GetProperty("activity_ids").EnumerateArray().Select(id => id.GetInt64()).ToList();
        Assert.Equal((1, 2, 2, 2), (ids[0], ids.Distinct().Count(), batch.GetProperty("count").GetInt32(), batch.GetProperty("created_count").GetInt32()));
        Assert.Equal(batch.GetRawText(), again.GetRawText());
        Assert.Equal(
            $$"""{"activities":[{{stored.GetRawText()}}],"total":2,"limit":1,"offset":0,"has_more":true}""",
            Without((await developer.GetAsync("/api/activities?limit=1")).GetRawText()));
        Assert.Equal(1, (await developer.GetAsync("/api/activities?repo_name=LAB&activity_type=approve")).GetProperty("total").GetInt64());
        Assert.Equal(
            """{"stats":[{"date":"2026-11-21","comment_count":1,"approve_count":0,"request_changes_count":0,"total_count":1},{"date":"2026-11-20","comment_count":0,"approve_count":1,"request_changes_count":0,"total_count":1}],"period_days":2}""",
            (await developer.GetAsync("/api/activities/stats?days=2")).GetRawText());
    }

    [Fact]
    public async Task ABatchOfActivities_IsStoredAllOrNone()
    {
        const string Good = """{"activity_type":"approve","repo_owner":"octo","repo_name":"hub","pr_number":7}""";

        var wrong = await developer.WrongFieldsAsync("POST", "/api/activities/batch", $$"""{"activities":[{{Good}},{"activity_type":"merge","pr_number":-1},7]}""");
        var foreign = await developer.RefusalAsync(
            HttpStatusCode.NotFound, "POST", "/api/activities/batch", $$"""{"activities":[{{Good}},{"activity_type":"approve","repo_owner":"o","repo_name":"n","pr_number":1,"session_id":99}]}""");
        var many = await developer.WrongFieldsAsync("POST", "/api/activities/batch", $$"""{"activities":[{{string.Join(',', Enumerable.Repeat(Good, 101))}}]}""");
        var future = await developer.RefusalAsync(
            HttpStatusCode.UnprocessableEntity, "POST", "/api/activities", Good.Replace("}", ",\"created_at\":\"2027-01-01T00:00:00Z\"}", StringComparison.Ordinal));

        Assert.Equal(
            ["activities[1].activity_type", "activities[1].pr_number", "activities[1].repo_name", "activities[1].repo_owner", "activities[2]"],
            wrong.Where(field => !field.StartsWith("activities[2].", StringComparison.Ordinal)));
        Assert.Equal(("SESSION_NOT_FOUND", "TIME_NOT_PLAUSIBLE"), (foreign, future));
        Assert.Equal(["activities"], many);
        Assert.Equal(0, (await developer.GetAsync("/api/activities")).GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task TheNightlyCheck_RepairsADayThatDiffers_AndSaysSoInTheLogOfTimers()
    {
        await SpendAsync("a", "hub", 7, "2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z");
        host.Execute("UPDATE daily_stats SET total_duration_seconds = 1", "worktime");

        await host.RunTimerAsync("CheckDailyStats");
        await Eventually.TrueAsync(() => host.Query<string>("SELECT status FROM cron_logs WHERE job_name = 'CheckDailyStats'").SequenceEqual(["completed"]));

        Assert.Equal([3600L], host.Query<long>("SELECT total_duration_seconds FROM daily_stats", "worktime"));
        Assert.Equal([1L], host.Query<long>("SELECT users_failed FROM cron_logs WHERE job_name = 'CheckDailyStats'"));
        Assert.Contains(host.Log.Lines, line => line.Contains("1 day totals of developer 1", StringComparison.Ordinal));
        Assert.Contains("1 days were not", host.Query<string>("SELECT error_message FROM cron_logs WHERE job_name = 'CheckDailyStats'")[0], StringComparison.Ordinal);
    }

    private Task<JsonElement> SpendAsync(string name, string repo, int number, string start, string end) => developer.JsonAsync(
        HttpStatusCode.OK,
        "POST",
        "/api/time-sessions/batch",
        $$"""{"sessions":[{"client_id":"{{name}}","repo_owner":"octo","repo_name":"{{repo}}","pr_number":{{number}},"start_time":"{{start}}","end_time":"{{end}}"}]}""");

    /// <summary>Without what has a test of its own.</summary>
    private static string Without(string json) =>
        System.Text.RegularExpressions.Regex.Replace(json, "(,\"avg_session_seconds\":\\d+,\"repos\":\\[[^\\]]*\\])|(,\"next_cursor\":\"[^\"]*\")", string.Empty);
}
