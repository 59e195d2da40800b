using System.Net;
using System.Text.Json;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Worktime;

public sealed class TimeSessionTests : IAsyncLifetime
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
    public async Task StartAndEnd_HaveTheDocumentedShapes()
    {
        var started = await developer.SendAsync("POST", "/api/time-sessions/start", """{"repo_owner":"octo","repo_name":"hub","pr_number":7}""");
        host.Clock.Advance(TimeSpan.FromMinutes(25));
        var ended = await developer.SendAsync("PATCH", "/api/time-sessions/1/end", """{"duration_seconds":1200}""");

        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        Assert.Equal("/api/time-sessions/1", started.Headers.Location!.ToString());
        Assert.Equal(
            """{"session_id":1,"start_time":"2026-11-21T09:40:00.000Z","repo_owner":"octo","repo_name":"hub","pr_number":7,"status":"active"}""",
            await started.Content.ReadAsStringAsync());
        Assert.Equal(
            """{"session_id":1,"start_time":"2026-11-21T09:40:00.000Z","end_time":"2026-11-21T10:05:00.000Z","duration_seconds":1200,"status":"completed"}""",
            await ended.Content.ReadAsStringAsync());
        Assert.Equal(
            """{"sessions":[{"id":1,"repo_owner":"octo","repo_name":"hub","pr_number":7,"start_time":"2026-11-21T09:40:00.000Z","end_time":"2026-11-21T10:05:00.000Z","duration_seconds":1200,"created_at":"2026-11-21T09:40:00.000Z","status":"completed","client_id":null}],"total":1,"limit":50,"offset":0,"has_more":false,"next_cursor":null}""",
            (await developer.GetAsync("/api/time-sessions")).GetRawText());
    }

    [Theory]
    [InlineData("{}", 1500)]
    [InlineData("""{"duration_seconds":null}""", 1500)]
    [InlineData("""{"duration_seconds":0}""", 0)]
    [InlineData("""{"duration_seconds":1560}""", 1560)]
    [InlineData("""{"end_time":"2026-11-21T10:00:00Z"}""", 1200)]
    [InlineData("""{"end_time":"2026-11-21T11:00:00+01:00"}""", 1200)]
    [InlineData("""{"end_time":"2026-11-21T12:00:00Z","client_time":"2026-11-21T12:05:00Z"}""", 1200)]
    public async Task End_KeepsTheGivenDurationOrWhatElapsed(string body, long seconds)
    {
        var id = await developer.StartAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(25));

        Assert.Equal(seconds, (await developer.EndAsync(id, body)).GetProperty("duration_seconds").GetInt64());
        Assert.Equal(seconds, (await developer.EndAsync(id, """{"duration_seconds":7}""")).GetProperty("duration_seconds").GetInt64());
        Assert.Equal(seconds, (await developer.GetAsync("/api/stats/summary")).GetProperty("total_seconds").GetInt64());
    }

    [Theory]
    [InlineData("""{"duration_seconds":1561}""", "DURATION_TOO_LONG")]
    [InlineData("""{"end_time":"2026-11-21T09:38:00Z"}""", "ENDS_BEFORE_START")]
    [InlineData("""{"end_time":"2026-11-21T10:07:00Z"}""", "TIME_NOT_PLAUSIBLE")]
    [InlineData("""{"end_time":"2026-11-21T10:00:00Z","client_time":"0001-01-01T00:00:00Z"}""", "TIME_NOT_PLAUSIBLE")]
    [InlineData("""{"end_time":"9999-12-31T23:59:59Z","client_time":"2026-11-01T00:00:00Z"}""", "TIME_NOT_PLAUSIBLE")]
    public async Task End_AgainstTheRules_IsRefusedAndNothingIsDone(string body, string code)
    {
        var id = await developer.StartAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(25));

        Assert.Equal(code, await developer.RefusalAsync(HttpStatusCode.UnprocessableEntity, "PATCH", $"/api/time-sessions/{id}/end", body));
        Assert.Equal("active", (await developer.GetAsync($"/api/time-sessions/{id}")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("PATCH", "/api/time-sessions/1/end", """{"duration_seconds":-1}""", "duration_seconds")]
    [InlineData("PATCH", "/api/time-sessions/1/end", """{"duration_seconds":1e300}""", "duration_seconds")]
    [InlineData("PATCH", "/api/time-sessions/1/end", """{"duration_seconds":"60"}""", "duration_seconds")]
    [InlineData("PATCH", "/api/time-sessions/1/end", """{"duration_seconds":60.5}""", "duration_seconds")]
    [InlineData("PATCH", "/api/time-sessions/1/end", """{"duration_seconds":99999999}""", "duration_seconds")]
    [InlineData("PATCH", "/api/time-sessions/1/end", """{"duration_seconds":NaN}""", "MALFORMED_JSON")]
    [InlineData("PATCH", "/api/time-sessions/1/end", """{"end_time":"soon"}""", "end_time")]
    [InlineData("PATCH", "/api/time-sessions/1", "", "BODY_MISSING")]
    [InlineData("POST", "/api/time-sessions/start", "", "BODY_MISSING")]
    [InlineData("PATCH", "/api/time-sessions/1", "{}", "body")]
    [InlineData("PATCH", "/api/time-sessions/1", """{"duration_seconds":-5,"start_time":""}""", "duration_seconds,start_time")]
    [InlineData("POST", "/api/time-sessions/start", "{}", "pr_number,repo_name,repo_owner")]
    [InlineData("POST", "/api/time-sessions/start", """{"repo_owner":"","repo_name":"a b","pr_number":0}""", "pr_number,repo_name,repo_owner")]
    [InlineData("POST", "/api/time-sessions/start", """{"repo_owner":"a","repo_name":"b","pr_number":99999999999,"client_id":"","colour":1}""", "client_id,colour,pr_number")]
    [InlineData("GET", "/api/time-sessions?limit=0", null, "limit")]
    [InlineData("GET", "/api/time-sessions?limit=501", null, "limit")]
    [InlineData("GET", "/api/time-sessions?limit=abc&offset=-1", null, "limit,offset")]
    [InlineData("GET", "/api/time-sessions?limit=", null, "limit")]
    [InlineData("GET", "/api/time-sessions?status=done&repo=octo&from=yesterday", null, "from,repo,status")]
    [InlineData("GET", "/api/time-sessions?from=9999-12-31", null, "from")]
    [InlineData("GET", "/api/time-sessions/export?format=xml", null, "format")]
    [InlineData("GET", "/api/stats/daily?days=0", null, "days")]
    [InlineData("GET", "/api/stats/daily?days=366", null, "days")]
    [InlineData("GET", "/api/stats/daily?days=NaN", null, "days")]
    [InlineData("GET", "/api/stats/weekly", null, "week")]
    [InlineData("GET", "/api/stats/weekly?week=2026-W54", null, "week")]
    [InlineData("GET", "/api/stats/weekly?week=2026-47", null, "week")]
    [InlineData("GET", "/api/stats/repo/octo/a%20b", null, "repo_name")]
    [InlineData("GET", "/api/stats/matrix?from=2025-01-01&to=2026-11-01", null, "to")]
    [InlineData("GET", "/api/stats/matrix?from=2026-11-02&to=2026-11-01", null, "to")]
    [InlineData("GET", "/api/stats/matrix?to=9999-12-31", null, "to")]
    [InlineData("GET", "/api/activities?pr_number=-1&limit=9999", null, "limit,pr_number")]
    [InlineData("GET", "/api/activities/stats?days=-3", null, "days")]
    [InlineData("PATCH", "/api/time-sessions/profile", """{"timezone_id":"Mars/Olympus"}""", "timezone_id")]
    public async Task WhatIsOutsideItsRange_IsRefusedByName(string method, string path, string? body, string fields)
    {
        await developer.StartAsync();

        Assert.Equal(fields.Split(','), await developer.WrongFieldsAsync(method, path, body));
    }

    [Fact]
    public async Task OthersSessions_AreNotFound()
    {
        var id = await developer.StartAsync();
        var other = await Developer.SignInAsync(host, gitHubUserId: 9);
        foreach (var (method, path, body) in new[]
        {
            ("GET", $"/api/time-sessions/{id}", null), ("DELETE", $"/api/time-sessions/{id}", null), ("PATCH", $"/api/time-sessions/{id}/end", "{}"),
            ("PATCH", $"/api/time-sessions/{id}", """{"duration_seconds":1}"""), ("POST", $"/api/time-sessions/{id}/heartbeat", null),
            ("POST", $"/api/time-sessions/{id}/resume", null),
            ("POST", "/api/activities", $$"""{"activity_type":"comment","repo_owner":"o","repo_name":"n","pr_number":1,"session_id":{{id}}}"""),
        })
        {
            Assert.Equal("SESSION_NOT_FOUND", await other.RefusalAsync(HttpStatusCode.NotFound, method, path, body));
        }

        Assert.Equal(0, (await other.GetAsync("/api/time-sessions")).GetProperty("total").GetInt64());
        Assert.Equal("active", (await developer.GetAsync($"/api/time-sessions/{id}")).GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await developer.SendAsync("GET", "/api/time-sessions/abc")).StatusCode);
    }

    [Fact]
    public async Task Start_SentAgain_IsAnsweredWithTheSessionThatIsThere()
    {
        const string Start = """{"repo_owner":"octo","repo_name":"hub","pr_number":7,"client_id":"1763717-a"}""";
        var key = ("Idempotency-Key", "start-1");

        var first = await developer.SendAsync("POST", "/api/time-sessions/start", Start, key);
        var replayed = await developer.SendAsync("POST", "/api/time-sessions/start", Start, key);
        var named = await developer.SendAsync("POST", "/api/time-sessions/start", Start);
        var joined = await developer.SendAsync("POST", "/api/time-sessions/start", """{"repo_owner":"octo","repo_name":"hub","pr_number":7,"client_id":"other"}""");

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK],
            new[] { first, replayed, named, joined }.Select(response => response.StatusCode));
        Assert.Equal("true", replayed.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(1, (await developer.GetAsync("/api/time-sessions/active")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task AbandonedByTheTimer_ItDoesNotCount_UntilItIsResumedAndEnded()
    {
        var id = await developer.StartAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.OK, (await developer.SendAsync("POST", $"/api/time-sessions/{id}/heartbeat")).StatusCode);
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        await RunAsync("AbandonStaleSessions");
        Assert.Equal("active", (await developer.GetAsync($"/api/time-sessions/{id}")).GetProperty("status").GetString());
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.RunTimerAsync("AbandonStaleSessions");
        await Eventually.TrueAsync(() => host.Query<string>("SELECT status FROM time_sessions", "worktime")[0] == "abandoned");

        var abandoned = await developer.GetAsync($"/api/time-sessions/{id}");
        Assert.Equal(("abandoned", "2026-11-21T10:00:00.000Z"), (abandoned.GetProperty("status").GetString(), abandoned.GetProperty("end_time").GetString()));
        Assert.Equal("SESSION_NOT_ACTIVE", await developer.RefusalAsync(HttpStatusCode.Conflict, "POST", $"/api/time-sessions/{id}/heartbeat"));
        Assert.Equal(0, (await developer.GetAsync("/api/stats/summary")).GetProperty("total_sessions").GetInt64());

        await developer.JsonAsync(HttpStatusCode.OK, "POST", $"/api/time-sessions/{id}/resume");
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(25 * 60, (await developer.EndAsync(id)).GetProperty("duration_seconds").GetInt64());
        Assert.Equal("SESSION_NOT_ACTIVE", await developer.RefusalAsync(HttpStatusCode.Conflict, "POST", $"/api/time-sessions/{id}/resume"));
        Assert.Equal(["resumed"], host.Query<string>("SELECT action FROM session_audit", "worktime"));
    }

    [Fact]
    public async Task Correct_ChangesTheDays_AndIsRecorded()
    {
        var id = await developer.StartAsync();
        Assert.Equal("SESSION_ACTIVE", await developer.RefusalAsync(HttpStatusCode.Conflict, "PATCH", $"/api/time-sessions/{id}", """{"duration_seconds":1}"""));
        host.Clock.Advance(TimeSpan.FromMinutes(25));
        await developer.EndAsync(id);

        var corrected = await developer.JsonAsync(
            HttpStatusCode.OK, "PATCH", $"/api/time-sessions/{id}", """{"start_time":"2026-11-20T23:30:00Z","end_time":"2026-11-21T00:30:00Z"}""");
        await developer.JsonAsync(HttpStatusCode.OK, "PATCH", $"/api/time-sessions/{id}", """{"duration_seconds":1801}""");

        Assert.Equal(3600, corrected.GetProperty("duration_seconds").GetInt64());
        Assert.Equal(
            ["2026-11-21 901 0", "2026-11-20 900 1"],
            (await developer.GetAsync("/api/stats/daily")).GetProperty("stats").EnumerateArray().Select(DayOf));
        Assert.Equal([1500L, 3600L], host.Query<long>("SELECT old_duration_seconds FROM session_audit ORDER BY id", "worktime"));
        Assert.Equal("TIME_NOT_PLAUSIBLE", await developer.RefusalAsync(
            HttpStatusCode.UnprocessableEntity, "PATCH", $"/api/time-sessions/{id}", """{"end_time":"2026-11-21T11:00:00Z"}"""));
        Assert.Equal(HttpStatusCode.NoContent, (await developer.SendAsync("DELETE", $"/api/time-sessions/{id}")).StatusCode);
        Assert.Equal(0, (await developer.GetAsync("/api/stats/daily")).GetProperty("total_stats").GetInt32());
    }

    [Fact]
    public async Task List_WalkedByOffsetOrByCursor_HasEachOnce()
    {
        for (var i = 1; i <= 7; i++)
        {
            await developer.StartAsync(i);
            host.Clock.Advance(TimeSpan.FromSeconds(i % 2));
        }

        var byOffset = await WalkAsync(page => $"&offset={page.GetProperty("offset").GetInt32() + 3}");
        var byCursor = await WalkAsync(page => $"&cursor={page.GetProperty("next_cursor").GetString()}");

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], byOffset);
        Assert.Equal(byOffset, byCursor);
        Assert.Equal(2, (await developer.GetAsync("/api/time-sessions?limit=2&from=2026-11-21&to=2026-11-22&repo=OCTO/Hub&status=active")).GetProperty("sessions").GetArrayLength());
        Assert.Equal(0, (await developer.GetAsync("/api/time-sessions?to=2026-11-21")).GetProperty("total").GetInt64());
        Assert.Equal("CURSOR_NOT_VALID", await developer.RefusalAsync(HttpStatusCode.BadRequest, "GET", "/api/time-sessions?cursor=abc"));
    }

    [Fact]
    public async Task Export_HasEverySession_AsCsvAndAsJson()
    {
        host.Execute("""
            INSERT INTO time_sessions (user_id, repo_owner, repo_name, pr_number, start_time, end_time, duration_seconds, status, created_at, last_seen_at, client_id)
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1203)
            SELECT 1, '-octo', 'hub', n, '2026-11-20T10:00:00.000Z', '2026-11-20T10:10:00.000Z', 600, 'completed', '2026-11-20T10:00:00.000Z',
                   '2026-11-20T10:10:00.000Z', 'a,"b"' || n FROM number
            """, "worktime");

        var csv = await developer.SendAsync("GET", "/api/time-sessions/export?format=csv");
        var lines = (await csv.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        var json = await developer.GetAsync("/api/time-sessions/export?format=json&status=completed");
        var head = await developer.SendAsync("HEAD", "/api/time-sessions/export");

        Assert.Equal(("text/csv", "time-sessions.csv"), (csv.Content.Headers.ContentType!.MediaType, csv.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        Assert.Equal(1204, lines.Length);
        Assert.Equal("1203,'-octo,hub,1203,2026-11-20T10:00:00.000Z,2026-11-20T10:10:00.000Z,600,completed,2026-11-20T10:00:00.000Z,\"a,\"\"b\"\"1203\"", lines[1]);
        Assert.Equal(1203, json.EnumerateArray().Select(session => session.GetProperty("id").GetInt64()).Distinct().Count());
        Assert.Equal((HttpStatusCode.OK, string.Empty), (head.StatusCode, await head.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Batch_OfThirtyMegabytes_IsTooLarge()
    {
        var response = await developer.SendAsync("POST", "/api/time-sessions/batch", new string(' ', 30_000_000));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE"), (response.StatusCode, await response.ProblemCodeAsync()));
    }

    private static string DayOf(JsonElement day) =>
        $"{day.GetProperty("date").GetString()} {day.GetProperty("total_seconds").GetInt64()} {day.GetProperty("session_count").GetInt64()}";

    private async Task RunAsync(string timer)
    {
        var before = host.Query<long>($"SELECT COUNT(*) FROM cron_logs WHERE job_name = '{timer}' AND status = 'completed'")[0];
        Assert.Equal(HttpStatusCode.Accepted, (await host.RunTimerAsync(timer)).StatusCode);
        await Eventually.TrueAsync(() =>
            host.Query<long>($"SELECT COUNT(*) FROM cron_logs WHERE job_name = '{timer}' AND status = 'completed'")[0] > before);
    }

    private async Task<List<long>> WalkAsync(Func<JsonElement, string> next)
    {
        var found = new List<long>();
        var more = string.Empty;
        while (true)
        {
            var page = await developer.GetAsync($"/api/time-sessions?limit=3{more}");
            found.AddRange(page.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("id").GetInt64()));
            Assert.Equal(7, page.GetProperty("total").GetInt64());
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return found;
            }

            more = next(page);
        }
    }
}
