using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Functions.Tests.Http;

/// <summary>What strangers may do: guess, fill logs, and stand between a server and its other callers.</summary>
public sealed class AttackTests : IAsyncLifetime
{
    private const string Key = "a-key-that-reads-jobs";

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    [Trait("Case", "A1")]
    public async Task RunTimer_AThousandTimesByAStranger_LeavesOneShortRow()
    {
        for (var i = 0; i < 1000; i++)
        {
            var answer = await host.RunTimerAsync($"{new string('x', 7000)}{i}", $"guess {i}");
            Assert.Equal(i < 10 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        var row = Assert.Single(host.Query<string>("SELECT outcome || ' ' || detail FROM audit_log"));
        Assert.Equal($"ADMIN_KEY_REQUIRED {new string('x', 200)}", row);

        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.RunTimerAsync("Nothing", "guess");
        Assert.Equal(2, host.Query<long>("SELECT COUNT(*) FROM audit_log").Single());
    }

    [Fact]
    [Trait("Case", "A1")]
    public async Task SignInOperator_ManyTimesByAStranger_LeavesOneRow()
    {
        using var browser = new BrowserClient(host);
        var token = BrowserClient.TokenOf(await browser.ReadAsync("/signin/operator"));
        for (var i = 0; i < 50; i++)
        {
            var answer = await browser.PostAsync("/signin/operator", ("form-token", token), ("token", $"guess {i}"));
            Assert.Equal(i < 10 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        Assert.Equal(["OPERATOR_TOKEN_NOT_VALID"], host.Query<string>("SELECT outcome FROM audit_log"));
        var right = await browser.PostAsync("/signin/operator", ("form-token", token), ("token", TestHost.AdminToken));
        Assert.Equal(HttpStatusCode.SeeOther, right.StatusCode);
        Assert.Equal(2, host.Query<long>("SELECT COUNT(*) FROM audit_log").Single());
    }

    [Theory]
    [InlineData("/api/migration/jobs", "Authorization", "Bearer {0}", "Bearer " + TestHost.AdminToken)]
    [InlineData("/api/v1/jobs/history", "X-API-Key", "{0}", Key)]
    [InlineData("/api/settings", "Authorization", "Bearer {0}", null)]
    [InlineData("/api/time-sessions", "Authorization", "Bearer {0}.not.signed", null)]
    [Trait("Case", "A2")]
    public async Task AGuess_PastTheLimit_Gets429_AndTheRightSecretIsServed(string path, string header, string guess, string? right)
    {
        right ??= path.Contains("time-sessions", StringComparison.Ordinal)
            ? $"Bearer {await host.SignInDeveloperAsync()}"
            : $"Bearer {await host.SignInAsync(TestHost.Trader)}";
        var statuses = new List<int>();
        for (var i = 0; i < 40; i++)
        {
            statuses.Add((int)(await host.SendAsync(HttpMethod.Get, path, null, (header, string.Format(null, guess, $"guess{i}")))).StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(401, 10), .. Enumerable.Repeat(429, 30)], statuses);
        Assert.Contains((int)(await host.SendAsync(HttpMethod.Get, path, null, (header, right))).StatusCode, new[] { 200, 404 });
        Assert.Empty(host.Query<string>("SELECT action FROM audit_log"));
    }

    [Fact]
    [Trait("Case", "A2")]
    public async Task RunTimer_WithTheRightKey_PastTheLimit_IsServed()
    {
        for (var i = 0; i < 12; i++)
        {
            await host.RunTimerAsync("Nothing", $"guess {i}");
        }

        Assert.Equal(HttpStatusCode.NotFound, (await host.RunTimerAsync("Nothing")).StatusCode);
    }

    [Fact]
    [Trait("Case", "A2")]
    public async Task AVisitor_WithACookieThatHasEnded_IsServedWhatAnybodyIs_AlsoPastTheLimit()
    {
        for (var i = 0; i < 12; i++)
        {
            await SendKeyAsync($"guess {i}");
        }

        var answer = await host.SendAsync(HttpMethod.Get, "/api/time", null, ("Cookie", "hyper-trader-session=ended"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    [Trait("Case", "A3")]
    public async Task Guesses_BehindATrustedProxy_CountAgainstTheClientThatMakesThem()
    {
        await host.DisposeAsync();
        host = await StartAsync(("RateLimit:TrustedProxies", "127.0.0.0/8, 10.1.0.0/16"));
        for (var i = 0; i < 11; i++)
        {
            // Entries to the left of its own are what the client made up.
            await SendKeyAsync($"guess {i}", $"203.0.113.{i}, 198.51.100.7, 10.1.2.3");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendKeyAsync("guess", "198.51.100.7")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendKeyAsync("guess", "198.51.100.8")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendKeyAsync(Key, "198.51.100.7")).StatusCode);

        await host.RunTimerAsync("Nothing", "guess");
        Assert.Equal(["127.0.0.1"], host.Query<string>("SELECT remote_address FROM audit_log"));
    }

    [Fact]
    [Trait("Case", "A3")]
    public async Task Guesses_OverProxiesThatAddLinesOfTheirOwn_CountAgainstTheClient()
    {
        await host.DisposeAsync();
        host = await StartAsync(("RateLimit:TrustedProxies", "127.0.0.0/8, 10.1.0.0/16"));
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            statuses.Add(await SendLinesAsync($"guess {i}", $"203.0.113.{i}", "198.51.100.7", "10.1.2.3, 10.1.2.4"));
        }

        Assert.Equal([.. Enumerable.Repeat(401, 10), 429, 429], statuses);
        Assert.Equal(401, await SendLinesAsync("guess", "198.51.100.7", "198.51.100.8", "10.1.2.3"));
        Assert.Equal(200, await SendLinesAsync(Key, "203.0.113.1", "198.51.100.7", "10.1.2.3"));
    }

    [Fact]
    [Trait("Case", "A3")]
    public async Task Guesses_WithoutATrustedProxy_CountAgainstThePeer_WhateverTheirHeadersSay()
    {
        for (var i = 0; i < 10; i++)
        {
            await SendKeyAsync($"guess {i}", $"198.51.100.{i}");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendKeyAsync("guess", "198.51.100.200")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendKeyAsync(Key, "198.51.100.200")).StatusCode);
    }

    [Theory]
    [InlineData("operator", "another")]
    [InlineData("Operator", "another")]
    [InlineData("unknown", "another")]
    [InlineData("developer", "another")]
    [InlineData("developer 1", "another")]
    [InlineData("0x5e9ee1089755c3435139848e47e6635505d5a13a", "another")]
    [InlineData("", "another")]
    [InlineData("reports", "reports")]
    [InlineData("reports", "Reports")]
    [Trait("Case", "A13")]
    public async Task Start_WithTwoCallersOfOneName_IsRefused(string first, string second)
    {
        var exception = await Assert.ThrowsAsync<Data.Platform.InvalidSettingsException>(() => StartAsync(
            first,
            ("Auth:ApiKeys:1:Name", second), ("Auth:ApiKeys:1:Sha256", SessionToken.Hash("another key")), ("Auth:ApiKeys:1:Scopes", "jobs:read")));

        Assert.Contains("Auth:ApiKeys:", Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "A13")]
    public async Task Start_WithOneKeyUnderTwoNames_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<Data.Platform.InvalidSettingsException>(() => StartAsync(
            ("Auth:ApiKeys:1:Name", "other"), ("Auth:ApiKeys:1:Sha256", SessionToken.Hash(Key)), ("Auth:ApiKeys:1:Scopes", "jobs:write")));

        Assert.Contains("Auth:ApiKeys:1:Sha256", Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync("reports", settings);

    private static Task<TestHost> StartAsync(string name, params (string Key, string Value)[] settings) => TestHost.StartAsync(new TestHostOptions
    {
        Settings =
        [
            ("Auth:ApiKeys:0:Name", name), ("Auth:ApiKeys:0:Sha256", SessionToken.Hash(Key)), ("Auth:ApiKeys:0:Scopes", "jobs:read"),
            .. settings,
        ],
    });

    /// <summary>The status of a request with several lines of one header, which HttpClient would join.</summary>
    private async Task<int> SendLinesAsync(string key, params string[] forwarded)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port);
        await using var stream = client.GetStream();
        var lines = string.Concat(forwarded.Select(line => $"X-Forwarded-For: {line}\r\n"));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/v1/jobs/history HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {key}\r\n{lines}Connection: close\r\n\r\n"));
        var answer = await new StreamReader(stream).ReadToEndAsync();
        return int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private Task<HttpResponseMessage> SendKeyAsync(string key, string? forwarded = null) => host.SendAsync(
        HttpMethod.Get, "/api/v1/jobs/history", null, [("X-API-Key", key), .. forwarded is null ? Array.Empty<(string, string)>() : [("X-Forwarded-For", forwarded)]]);
}
