using System.Globalization;
using System.Text.Json;
using TraderHub.Functions.Tests.Trading;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Documentation;

/// <summary>Real answers are what the document says of them.</summary>
public sealed class DeclaredAnswersTests : IAsyncLifetime
{
    private UpstreamDouble exchange = null!;
    private TestHost host = null!;
    private JsonElement document;

    public async Task InitializeAsync()
    {
        exchange = await UpstreamDouble.StartAsync();
        exchange.Answer(ExchangeAccounts.Perps, ExchangeAccounts.PerpsAccount);
        exchange.Answer(ExchangeAccounts.Spot, """{"balances":[{"coin":"USDC","token":0,"total":"2.77363","hold":"0.5","entryNtl":"0.0"}]}""");
        host = await TestHost.StartAsync(new TestHostOptions { Exchange = exchange });
        document = await (await host.Http.GetAsync("/api/openapi.json")).JsonAsync();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "/health", null, 200)]
    [InlineData("GET", "/api/time", null, 200)]
    [InlineData("GET", "/api/balance", null, 401)]
    [InlineData("GET", "/api/health", null, 200)]
    [InlineData("GET", "/api/settings", null, 401)]
    [InlineData("GET", "/api/trading-status", null, 200)]
    [InlineData("GET", "/api/v1/jobs/history", null, 200)]
    [InlineData("GET", "/api/v1/jobs/latest", null, 404)]
    [InlineData("GET", "/api/v1/jobs/schedule", null, 200)]
    [InlineData("GET", "/api/v1/jobs/stats", null, 200)]
    [InlineData("POST", "/api/v1/jobs", "{}", 401)]
    [InlineData("POST", "/api/timezone", """{"zoneId":"Europe/Berlin"}""", 200)]
    [InlineData("POST", "/api/timezone", """{"offset":-3.5}""", 200)]
    [InlineData("POST", "/api/timezone", """{"offset":99,"colour":1}""", 400)]
    [InlineData("POST", "/api/timezone", "", 400)]
    [InlineData("POST", "/api/auth/nonce", """{"address":"0x5e9ee1089755c3435139848e47e6635505d5a13a"}""", 200)]
    [InlineData("POST", "/api/auth/nonce", "{}", 400)]
    [InlineData("POST", "/api/auth/login", """{"message":"hello","signature":"0x"}""", 400)]
    [InlineData("POST", "/api/auth/logout", "{}", 401)]
    [InlineData("GET", "/auth/status", null, 200)]
    [InlineData("GET", "/auth/github/login", null, 403)]
    [InlineData("GET", "/auth/github/callback", null, 403)]
    [InlineData("POST", "/auth/github/callback", """{"code":"a"}""", 403)]
    [InlineData("POST", "/auth/refresh", "{}", 401)]
    [InlineData("POST", "/auth/logout", "{}", 401)]
    [InlineData("POST", "/api/webhooks/github", "{}", 403)]
    [InlineData("POST", "/signin/operator", """{"token":"a guess"}""", 415)]
    [InlineData("POST", "/theme", "", 415)]
    public async Task AnAnswer_IsAsDeclared(string method, string path, string? body, int status) =>
        await AssertDeclaredAsync(await host.SendAsync(new HttpMethod(method), path, body), method, path, status);

    [Fact]
    public async Task ABalance_IsAsDeclared_WithAndWithoutItsSpotPart()
    {
        var session = ("Authorization", $"Bearer {await host.SignInAsync(TestHost.Trader)}");
        await AssertDeclaredAsync(await host.SendAsync(HttpMethod.Get, "/api/balance", null, session), "GET", "/api/balance", 200);

        exchange.Answer(ExchangeAccounts.Spot, "{}");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertDeclaredAsync(await host.SendAsync(HttpMethod.Get, "/api/balance", null, session), "GET", "/api/balance", 200);

        exchange.Answer(ExchangeAccounts.Perps, "{}");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertDeclaredAsync(await host.SendAsync(HttpMethod.Get, "/api/balance", null, session), "GET", "/api/balance", 502);
    }

    [Fact]
    public async Task Settings_AreAsDeclared_AndSoIsWhatFollowsFromThem()
    {
        var session = ("Authorization", $"Bearer {await host.SignInAsync(TestHost.Trader)}");
        const string Plan =
            """{"timezone":{"zoneId":"Europe/Berlin"},"advancedSettings":{"preferredTradingTimes":[{"start":"09:00","end":"17:00","label":"Day"}]}}""";
        foreach (var (method, body, status) in new[] { ("GET", null, 200), ("PATCH", Plan, 200), ("PUT", Plan, 200), ("POST", """{"colour":1}""", 400) })
        {
            await AssertDeclaredAsync(await host.SendAsync(new HttpMethod(method), "/api/settings", body, session), method, "/api/settings", status);
        }

        await AssertDeclaredAsync(await host.SendAsync(HttpMethod.Put, "/api/settings", "{}", session, ("If-Match", "\"9\"")), "PUT", "/api/settings", 412);
        await AssertDeclaredAsync(await host.SendAsync(HttpMethod.Get, "/api/trading-status", null, session), "GET", "/api/trading-status", 200);
        var operators = ("Authorization", $"Bearer {TestHost.AdminToken}");
        await AssertDeclaredAsync(await host.SendAsync(HttpMethod.Get, "/api/health", null, operators), "GET", "/api/health", 200);
    }

    [Fact]
    public async Task AStoredJob_IsAsDeclared_WhereverItIsRead()
    {
        const string Body = """
            {"job_type":"analysis","execution_date":"2026-11-20","status":"partial","errors":"x","metadata":{"a":1},
             "results":[{"result_type":"analysis_detail","symbol":"AAPL","confidence":0.5,"signals":[1]},{"result_type":"report_snapshot","report_content":{}}]}
            """;
        var caller = ("Authorization", $"Bearer {TestHost.AdminToken}");

        await AssertDeclaredAsync(await host.SendAsync(HttpMethod.Post, "/api/v1/jobs", Body, caller), "POST", "/api/v1/jobs", 201);
        foreach (var read in new[] { "/api/v1/jobs/history", "/api/v1/jobs/latest", "/api/v1/jobs/stats" })
        {
            await AssertDeclaredAsync(await host.SendAsync(HttpMethod.Get, read, null, caller), "GET", read, 200);
        }

        await AssertDeclaredAsync(await host.SendAsync(HttpMethod.Get, "/api/v1/jobs/1", null, caller), "GET", "/api/v1/jobs/{id}", 200);
        await AssertDeclaredAsync(await host.SendAsync(HttpMethod.Get, "/api/v1/jobs/1/stages", null, caller), "GET", "/api/v1/jobs/{id}/stages", 200);
    }

    [Fact]
    public async Task ADevelopersTime_IsAsDeclared_WhereverItIsRead()
    {
        const string Pull = "\"repo_owner\":\"octo\",\"repo_name\":\"hub\",\"pr_number\":7";
        const string Session = "/api/time-sessions/1";
        const string OfSession = "/api/time-sessions/{id}";
        var caller = ("Authorization", $"Bearer {await host.SignInDeveloperAsync()}");
        foreach (var (method, path, declared, body, status) in new[]
        {
            ("POST", "/api/time-sessions/start", null, $"{{{Pull}}}", 201), ("POST", "/api/time-sessions/start", null, $"{{{Pull}}}", 200),
            ("POST", "/api/time-sessions/start", null, "{}", 400), ("POST", $"{Session}/heartbeat", $"{OfSession}/heartbeat", null, 200),
            ("GET", "/api/time-sessions/active", null, null, 200), ("PATCH", $"{Session}/end", $"{OfSession}/end", """{"duration_seconds":99}""", 422),
            ("PATCH", $"{Session}/end", $"{OfSession}/end", "{}", 200), ("PATCH", Session, OfSession, """{"start_time":"2026-11-21T09:00:00Z"}""", 200),
            ("POST", $"{Session}/resume", $"{OfSession}/resume", null, 409), ("GET", Session, OfSession, null, 200), ("GET", "/api/time-sessions", null, null, 200),
            ("POST", "/api/time-sessions/batch", null, $$"""{"sessions":[{"client_id":"a",{{Pull}}},{"client_id":"b",{{Pull}},"created_at":"2026-11-21T08:00:00Z"}]}""", 200),
            ("PATCH", "/api/time-sessions/profile", null, """{"timezone_id":"Europe/Berlin"}""", 200), ("GET", "/api/time-sessions/profile", null, null, 200),
            ("POST", "/api/activities", null, $$"""{"activity_type":"approve",{{Pull}},"session_id":1}""", 201),
            ("POST", "/api/activities/batch", null, $$"""{"activities":[{"activity_type":"approve",{{Pull}}}]}""", 201),
            ("GET", "/api/activities", null, null, 200), ("GET", "/api/activities/stats", null, null, 200), ("GET", "/api/stats/daily", null, null, 200),
            ("GET", "/api/stats/weekly?week=2026-W47", "/api/stats/weekly", null, 200), ("GET", "/api/stats/repo/octo/hub", "/api/stats/repo/{owner}/{name}", null, 200),
            ("GET", "/api/stats/summary", null, null, 200), ("GET", "/api/stats/matrix", null, null, 200), ("GET", "/api/stats/matrix?to=x", "/api/stats/matrix", null, 400),
        })
        {
            await AssertDeclaredAsync(await host.SendAsync(new HttpMethod(method), path, body, caller), method, declared ?? path, status);
        }
    }

    private async Task AssertDeclaredAsync(HttpResponseMessage response, string method, string path, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        var schema = document.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant())
            .GetProperty("responses").GetProperty(status.ToString(CultureInfo.InvariantCulture))
            .GetProperty("content").GetProperty(response.Content.Headers.ContentType!.MediaType!).GetProperty("schema");

        Assert.Empty(new SchemaCheck(document).Differences(await response.JsonAsync(), schema));
    }
}
