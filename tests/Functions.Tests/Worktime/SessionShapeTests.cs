using System.Net;
using System.Text.Json;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>Times, ranges and forms of sessions.</summary>
public sealed class SessionShapeTests : IAsyncLifetime
{
    private TestHost host = null!;
    private Developer developer = null!;

    public async Task InitializeAsync()
    {
        host = await Developer.HostAsync();
        developer = await Developer.SignInAsync(host);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [Trait("Case", "T7")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    public async Task End_WithoutABody_CountsWhatElapsed(string? body)
    {
        var id = await developer.StartAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(25));

        var ended = await developer.JsonAsync(HttpStatusCode.OK, "PATCH", $"/api/time-sessions/{id}/end", body);

        Assert.Equal(1500, ended.GetProperty("duration_seconds").GetInt64());
    }

    [Fact]
    [Trait("Case", "D2")]
    public async Task Replay_OfWholeSecondsByARightClock_KeepsThem()
    {
        host.Clock.Advance(TimeSpan.FromMilliseconds(312));

        await developer.JsonAsync(HttpStatusCode.OK, "POST", "/api/time-sessions/batch", """
            {"client_time":"2026-11-21T09:40:00Z","sessions":[
             {"client_id":"a","repo_owner":"octo","repo_name":"hub","pr_number":7,"start_time":"2026-11-19T22:00:00Z","end_time":"2026-11-20T23:00:00Z"}]}
            """);

        Assert.Equal(["2026-11-19T22:00:00.000Z 2026-11-20T23:00:00.000Z 90000"],
            host.Query<string>("SELECT start_time || ' ' || end_time || ' ' || duration_seconds FROM time_sessions", "worktime"));
    }

    [Fact]
    [Trait("Case", "T1")]
    [Trait("Case", "T3")]
    public async Task ABatch_OfWrongPieces_TellsTwentyProblemsOfEach_AndStoresTheOthers()
    {
        var wrong = string.Join(',', Enumerable.Range(0, 1000).Select(field => $"\"f{field}\":1"));

        var answer = await developer.JsonAsync(HttpStatusCode.OK, "POST", "/api/time-sessions/batch", $$"""
            {"sessions":[{{{wrong}}}, {"client_id":"\u0000","repo_owner":"octo","repo_name":"..","pr_number":7,"created_at":"2026-11-21T09:00:00Z"}, null, 7,
             {"client_id":"good","repo_owner":"octo","repo_name":"hub","pr_number":7.0,"created_at":"2026-11-21T09:00:00Z"}]}
            """);

        Assert.Equal(1, answer.GetProperty("count").GetInt32());
        var results = answer.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(20, results[0].GetProperty("errors").EnumerateObject().Count());
        Assert.Equal(["client_id", "repo_name"], results[1].GetProperty("errors").EnumerateObject().Select(field => field.Name));
        Assert.Equal(["good"], host.Query<string>("SELECT client_id FROM time_sessions", "worktime"));
    }

    [Theory]
    [Trait("Case", "T6")]
    [InlineData("..")]
    [InlineData(".")]
    public async Task ARepository_ThatIsAWayInAPath_IsRefused(string name)
    {
        var body = $$"""{"repo_owner":"{{name}}","repo_name":"{{name}}","pr_number":7}""";
        Assert.Equal(["repo_name", "repo_owner"], await developer.WrongFieldsAsync("POST", "/api/time-sessions/start", body));
        Assert.Equal(["repo"], await developer.WrongFieldsAsync("GET", $"/api/time-sessions?repo=octo/{name}"));
        Assert.Equal(["repo_name"], await developer.WrongFieldsAsync("GET", $"/api/activities?repo_name={name}"));
    }

    [Theory]
    [Trait("Case", "T6")]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData(" ")]
    public async Task AToken_WithPadding_IsRefused(string padding)
    {
        var token = await host.SignInDeveloperAsync();
        var parts = token.Split('.');

        foreach (var spelled in new[] { $"{parts[0]}{padding}.{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}{padding}.{parts[2]}", $"{token}{padding}".TrimEnd(' ') + "x" })
        {
            var response = await host.SendAsync(HttpMethod.Get, "/api/time-sessions", null, ("Authorization", $"Bearer {spelled}"));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Get, "/api/time-sessions", null, ("Authorization", $"Bearer {token}"))).StatusCode);
    }

    [Fact]
    [Trait("Case", "D3")]
    public async Task ASessionOverMidnight_IsInTheListTheExportAndTheStatisticsOfBothDays()
    {
        await developer.JsonAsync(HttpStatusCode.OK, "PATCH", "/api/time-sessions/profile", """{"timezone_id":"Europe/Berlin"}""");
        await developer.JsonAsync(HttpStatusCode.OK, "POST", "/api/time-sessions/batch", """
            {"sessions":[
             {"client_id":"night","repo_owner":"octo","repo_name":"hub","pr_number":1,"start_time":"2026-11-10T20:00:00Z","end_time":"2026-11-11T02:00:00Z"},
             {"client_id":"until midnight","repo_owner":"octo","repo_name":"hub","pr_number":2,"start_time":"2026-11-10T22:00:00Z","end_time":"2026-11-10T23:00:00Z"},
             {"client_id":"nothing","repo_owner":"octo","repo_name":"hub","pr_number":3,"start_time":"2026-11-10T23:00:00Z","end_time":"2026-11-10T23:00:00Z"}]}
            """.Replace("until midnight", "until-midnight", StringComparison.Ordinal));

        foreach (var (from, to, pullRequests, days) in new[]
        {
            ("2026-11-10", "2026-11-11", "1,2", "1,2"), ("2026-11-11", "2026-11-12", "1,3", "1,3"), ("2026-11-09", "2026-11-10", "", ""), ("2026-11-12", "2026-11-13", "", ""),
            ("2026-11-10", "2026-11-12", "1,2,3", "1,2,3"),
        })
        {
            var range = $"from={from}&to={to}";
            Assert.Equal(pullRequests, NumbersOf((await developer.GetAsync($"/api/time-sessions?{range}")).GetProperty("sessions")));
            Assert.Equal(pullRequests, NumbersOf(await developer.GetAsync($"/api/time-sessions/export?format=json&{range}")));
            var matrix = (await developer.GetAsync($"/api/stats/matrix?{range}")).ToString();
            Assert.All(days.Split(',', StringSplitOptions.RemoveEmptyEntries), number => Assert.Contains($"\"pr_number\":{number}", matrix, StringComparison.Ordinal));
        }
    }

    [Fact]
    [Trait("Case", "D3")]
    public async Task ASessionThatRuns_HasNoEndYet()
    {
        await developer.StartAsync();

        Assert.Equal("7", NumbersOf((await developer.GetAsync("/api/time-sessions?from=2026-11-21T09:50:00Z")).GetProperty("sessions")));
        Assert.Equal(string.Empty, NumbersOf((await developer.GetAsync("/api/time-sessions?to=2026-11-21T09:40:00Z")).GetProperty("sessions")));
    }

    [Fact]
    [Trait("Case", "D3")]
    public async Task ASessionBeforeAChangeOfZone_StaysOnItsDayInEveryView()
    {
        foreach (var (zone, number) in new[] { ("UTC", 1), ("Asia/Tokyo", 2), ("America/New_York", 3) })
        {
            await developer.JsonAsync(HttpStatusCode.OK, "PATCH", "/api/time-sessions/profile", $$"""{"timezone_id":"{{zone}}"}""");
            await developer.JsonAsync(HttpStatusCode.OK, "POST", "/api/time-sessions/batch", $$"""
                {"sessions":[
                 {"client_id":"a{{number}}","repo_owner":"octo","repo_name":"hub","pr_number":{{number}}1,"start_time":"2026-11-18T20:00:00Z","end_time":"2026-11-18T21:00:00Z"},
                 {"client_id":"b{{number}}","repo_owner":"octo","repo_name":"hub","pr_number":{{number}}2,"start_time":"2026-11-19T02:00:00Z","end_time":"2026-11-19T03:00:00Z"}]}
                """);
        }

        foreach (var (day, after, numbers) in new[]
        {
            ("2026-11-17", "2026-11-18", ""), ("2026-11-18", "2026-11-19", "11,31,32"), ("2026-11-19", "2026-11-20", "12,21,22"), ("2026-11-20", "2026-11-21", ""),
        })
        {
            var range = $"from={day}&to={after}";
            var list = await developer.GetAsync($"/api/time-sessions?{range}");
            var matrix = await developer.GetAsync($"/api/stats/matrix?{range}");
            var daily = (await developer.GetAsync("/api/stats/daily")).GetProperty("stats").EnumerateArray().Where(one => one.GetProperty("date").GetString() == day);
            Assert.Equal(numbers, NumbersOf(list.GetProperty("sessions")));
            Assert.Equal(numbers.Split(',', StringSplitOptions.RemoveEmptyEntries).Length, list.GetProperty("total").GetInt64());
            Assert.Equal(numbers, NumbersOf(await developer.GetAsync($"/api/time-sessions/export?format=json&{range}")));
            Assert.Equal(numbers, string.Join(',', matrix.GetProperty("days").EnumerateArray().SelectMany(
                one => one.GetProperty("pull_requests").EnumerateArray().Select(cell => cell.GetProperty("pr_number").GetInt64())).Order()));
            Assert.Equal(matrix.GetProperty("total_seconds").GetInt64(), daily.Sum(one => one.GetProperty("total_seconds").GetInt64()));
        }
    }

    private static string NumbersOf(JsonElement sessions) =>
        string.Join(',', sessions.EnumerateArray().Select(session => session.GetProperty("pr_number").GetInt64()).Order());
}
