using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.Jobs;
using TraderHub.Functions.Http;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Operations;

public sealed class HealthTests : IAsyncLifetime
{
    private const string Path = "/api/health";

    private const string ExchangeStatus = "exchangeStatus";

    private UpstreamDouble exchange = null!;
    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        exchange = await UpstreamDouble.StartAsync();
        exchange.Answer(ExchangeStatus, """{"time":1754450974231,"specialStatuses":null}""");
        host = await TestHost.StartAsync(new TestHostOptions { Exchange = exchange });
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task GetHealth_WhereEverythingWorks_TellsAnybodyThatAndNoMore()
    {
        var (status, health) = await GetAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            ["status", "timestamp", "uptime", "version", "environment", "memory", "services"], health.EnumerateObject().Select(field => field.Name));
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.Equal(1795254000000, health.GetProperty("timestamp").GetInt64());
        Assert.InRange(health.GetProperty("uptime").GetInt64(), 1, 24 * 3600 * 1000);
        Assert.Equal("production", health.GetProperty("environment").GetString());
        Assert.Equal(
            """{"database":{"status":"healthy"},"kv":{"status":"healthy"},"hyperliquidApi":{"status":"healthy"},"telegram":{"status":"not_configured"},"redis":{"status":"not_configured"},"websocket":{"status":"not_configured"}}""",
            health.GetProperty("services").GetRawText());
        var memory = health.GetProperty("memory");
        Assert.Equal(["heapUsed", "heapTotal", "rss", "external"], memory.EnumerateObject().Select(field => field.Name));
        Assert.InRange(memory.GetProperty("rss").GetInt64(), 10, 100_000);
    }

    [Fact]
    public async Task GetHealth_TellsTheOperatorHowWell()
    {
        var (_, health) = await GetAsync(("Authorization", $"Bearer {TestHost.AdminToken}"));

        Assert.Equal(
            """[{"name":"trading","writable":true,"latencyMs":0},{"name":"jobs","writable":true,"latencyMs":0},{"name":"signals","writable":true,"latencyMs":0},{"name":"worktime","writable":true,"latencyMs":0}]""", health.GetProperty("modules").GetRawText());
        Assert.Equal(
            """[{"name":"Key-value store","status":"healthy","latencyMs":0},{"name":"Hyperliquid","status":"healthy","latencyMs":0}]""", health.GetProperty("upstreams").GetRawText());
    }

    [Fact]
    [Trait("Case", "F2")]
    public async Task GetHealth_EveryTimer_IsKnownBeforeItsFirstRun()
    {
        var (_, health) = await GetAsync(("Authorization", $"Bearer {TestHost.AdminToken}"));

        var timers = health.GetProperty("timers").EnumerateArray().ToList();
        Assert.Equal(FunctionCatalog.OfTraderHub().Timers.Select(timer => timer.Name), timers.Select(timer => timer.GetProperty("name").GetString()));
        Assert.All(timers, timer => Assert.True(timer.GetProperty("next").GetDateTimeOffset() > host.Clock.GetUtcNow()));
        Assert.Contains(
            """{"name":"CaptureSnapshots","last":null,"next":"2026-11-21T10:00:00.000Z","overdue":false,"result":null}""", timers.Select(timer => timer.GetRawText()));
    }

    [Theory]
    [InlineData("Authorization", "Bearer not-the-operators-token")]
    [InlineData("Cookie", "traderhub-operator=9999999999.forged")]
    [InlineData("X-API-Key", "a-key")]
    public async Task GetHealth_OfWhoIsNoOperator_IsAnybodys(string header, string value)
    {
        var (status, health) = await GetAsync((header, value));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(health.TryGetProperty("modules", out _));
    }

    [Fact]
    public async Task GetHealth_AfterGuessesAtTheOperatorsToken_ServesAnybodyAndTheOperator()
    {
        for (var guess = 0; guess < 12; guess++)
        {
            var (status, health) = await GetAsync(("Authorization", $"Bearer guess-{guess}"));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.False(health.TryGetProperty("modules", out _));
        }

        var (_, ofOperator) = await GetAsync(("Authorization", $"Bearer {TestHost.AdminToken}"));

        Assert.True(ofOperator.TryGetProperty("modules", out _));
    }

    [Fact]
    public async Task GetHealth_WithoutTheExchange_IsDegraded()
    {
        exchange.Answer(ExchangeStatus, 500, "text/plain", "down");

        var (status, health) = await GetAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal("unhealthy", health.GetProperty("services").GetProperty("hyperliquidApi").GetProperty("status").GetString());
        Assert.Equal("healthy", health.GetProperty("services").GetProperty("database").GetProperty("status").GetString());
    }

    [Fact]
    public async Task GetHealth_WithoutADatabase_IsUnhealthy_AlsoForWhoIsSignedIn()
    {
        var session = ("Authorization", $"Bearer {await host.SignInAsync(TestHost.Trader)}");
        await host.Services.GetRequiredService<JobsDatabase>().ExecuteAsync("DROP TABLE schema_migrations", null, CancellationToken.None);

        var (status, health) = await GetAsync(session);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("unhealthy", health.GetProperty("status").GetString());
        Assert.Equal("unhealthy", health.GetProperty("services").GetProperty("database").GetProperty("status").GetString());
    }

    [Fact]
    public async Task GetHealth_ForFiveSeconds_IsSharedByAllCallers()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync()));
        Assert.Single(exchange.Requests);

        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await GetAsync();

        Assert.Equal(2, exchange.Requests.Count);
    }

    [Fact]
    public async Task GetHealth_AsHead_HasNoBody()
    {
        var response = await host.SendAsync(HttpMethod.Head, Path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    private async Task<(HttpStatusCode Status, JsonElement Health)> GetAsync(params (string Name, string Value)[] headers)
    {
        var response = await host.SendAsync(HttpMethod.Get, Path, null, headers);
        return (response.StatusCode, await response.JsonAsync());
    }
}
