using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using TraderHub.Core.Platform;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>What GitHub tells by itself.</summary>
public sealed class GitHubWebhookTests : IAsyncLifetime
{
    private const string Closed = """
        {"action":"closed","number":7,"pull_request":{"number":7,"merged":true,"closed_at":"2026-11-21T09:30:00Z","title":"é"},
         "repository":{"name":"Hello-World","owner":{"login":"Octocat"}},"sender":{"login":"hubot"}}
        """;

    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync(("GitHub:WebhookSecret", GitHubDouble.WebhookSecret), ("Auth:FailedAttemptsPer5Minutes", "20"));
        foreach (var developer in new[] { 1, 2 })
        {
            await host.SignInDeveloperAsync(developer);
        }

        AddSession(1, "octocat", "hello-world", 7);
        AddSession(2, "Octocat", "Hello-World", 7);
        AddSession(1, "octocat", "hello-world", 8);
        AddSession(1, "octocat", "another", 7);
        AddSession(1, "another", "hello-world", 7);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task APullRequestThatWasClosed_EndsTheReviewsOfEverybody_WhenItWasClosed()
    {
        var response = await DeliverAsync(Closed);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"status":"done","sessions_ended":2}""", await response.Content.ReadAsStringAsync());
        Assert.Equal([1800, 1800], host.Query<long>("SELECT total_duration_seconds FROM daily_stats", "worktime"));
        Assert.Equal(
            ["1 completed 2026-11-21T09:30:00.000Z 1800", "2 completed 2026-11-21T09:30:00.000Z 1800"],
            host.Query<string>("SELECT user_id || ' ' || status || ' ' || end_time || ' ' || duration_seconds FROM time_sessions WHERE status <> 'active' ORDER BY id", "worktime"));
    }

    [Fact]
    public async Task ADelivery_IsDoneOnce()
    {
        await DeliverAsync(Closed);
        AddSession(1, "octocat", "hello-world", 7);

        var again = await DeliverAsync(Closed);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("""{"status":"repeated","sessions_ended":0}""", await again.Content.ReadAsStringAsync());

        Assert.Equal("""{"status":"done","sessions_ended":1}""", await (await DeliverAsync(Closed, delivery: "another")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ADelivery_ThatComesTwentyTimesAtOnce_IsDoneOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await (await DeliverAsync(Closed)).Content.ReadAsStringAsync()));

        Assert.Single(answers, answer => answer == """{"status":"done","sessions_ended":2}""");
        Assert.Equal(19, answers.Count(answer => answer == """{"status":"repeated","sessions_ended":0}"""));
    }

    [Fact]
    public async Task ADeliveryWhoseWorkFailed_WasNotSeen()
    {
        host.Execute("ALTER TABLE time_sessions RENAME TO gone", "worktime");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await DeliverAsync(Closed)).StatusCode);
        host.Execute("ALTER TABLE gone RENAME TO time_sessions", "worktime");

        Assert.Equal("""{"status":"done","sessions_ended":2}""", await (await DeliverAsync(Closed)).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("ping", """{"zen":"Keep it logically awesome.","hook_id":1}""", 200, "pong")]
    [InlineData("issues", """{"action":"closed"}""", 202, "ignored")]
    [InlineData("pull_request", """{"action":"opened"}""", 202, "ignored")]
    [InlineData("pull_request", "{}", 202, "ignored")]
    [InlineData("an_event_of_next_year", "[]", 202, "ignored")]
    [InlineData("", "{}", 202, "ignored")]
    public async Task WhatDoesNotMatterHere_IsAnsweredAndLeftAlone(string eventName, string body, int status, string outcome)
    {
        var response = await DeliverAsync(body, eventName);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(outcome, (await response.JsonAsync()).GetProperty("status").GetString());
        Assert.Empty(host.Query<string>("SELECT id FROM webhook_deliveries", "worktime"));
    }

    [Theory]
    [InlineData("{", "MALFORMED_JSON")]
    [InlineData("", "MALFORMED_JSON")]
    [InlineData("""{"action":"closed"}""", "EVENT_NOT_VALID")]
    [InlineData("""{"action":"closed","pull_request":{"number":"7"},"repository":{"name":"a","owner":{"login":"b"}}}""", "EVENT_NOT_VALID")]
    [InlineData("""{"action":"closed","pull_request":{"number":7},"repository":{"name":"a","owner":null}}""", "EVENT_NOT_VALID")]
    [InlineData("""{"action":"closed","pull_request":7,"repository":[]}""", "EVENT_NOT_VALID")]
    public async Task ASignedDeliveryThatCannotBeRead_IsRefused(string body, string code) =>
        Assert.Equal(code, await (await DeliverAsync(body)).ProblemCodeAsync());

    [Fact]
    public async Task ADeliveryWithoutAName_IsRefused() => Assert.Equal("DELIVERY_NOT_VALID", await (await DeliverAsync(Closed, delivery: "")).ProblemCodeAsync());

    [Fact]
    public async Task ASignature_IsOfTheBytesAsTheyCame_AndNothingElse()
    {
        var good = SignatureOf(Closed);
        foreach (var signature in new[]
        {
            null, "", "sha256=", $"sha256={new string('0', 64)}", good[7..], good[..^1], good + "0", good.Replace("sha256", "sha1", StringComparison.Ordinal), "sha256=" + new string('z', 64),
            SignatureOf(Closed, "another secret"), SignatureOf(Closed + " "), SignatureOf(Closed.Replace("é", "\\u00e9", StringComparison.Ordinal)),
        })
        {
            var response = await SendAsync(Closed, signature, "pull_request", "delivery");

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("SIGNATURE_NOT_VALID", await response.ProblemCodeAsync());
        }

        Assert.Empty(host.Query<string>("SELECT id FROM time_sessions WHERE status <> 'active'", "worktime"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Closed, $"sha256={good[7..].ToUpperInvariant()}", "pull_request", "delivery")).StatusCode);
    }

    [Fact]
    [Trait("Case", "A2")]
    public async Task WrongSignatures_PastTheLimit_Are429_AndARightOneIsTaken()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 25; i++)
        {
            statuses.Add((await SendAsync(Closed, SignatureOf(Closed, $"a wrong secret {i}"), "pull_request", "delivery")).StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 20), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 5)], statuses);
        Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(Closed)).StatusCode);
        Assert.Equal(1, Assert.Single(host.Query<long>("SELECT COUNT(*) FROM audit_log WHERE action = 'github-webhook'")));
    }

    [Fact]
    public async Task ADeliveryAsAForm_IsTheSame()
    {
        var form = $"payload={Uri.EscapeDataString(Closed)}";

        var response = await SendAsync(form, SignatureOf(form), "pull_request", "delivery", "application/x-www-form-urlencoded");

        Assert.Equal("""{"status":"done","sessions_ended":2}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ABodyOfTwoMebibytes_IsTooLarge(bool saysItsLength)
    {
        var body = Closed.Insert(1, $"\"padding\":\"{new string('a', 2 * 1024 * 1024)}\",");
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/github")
        {
            Content = new StreamContent(saysItsLength ? new MemoryStream(Encoding.UTF8.GetBytes(body)) : new Unsized(Encoding.UTF8.GetBytes(body))),
        };
        request.Headers.Add("X-Hub-Signature-256", SignatureOf(body));
        request.Headers.Add("X-GitHub-Event", "pull_request");

        var response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("BODY_TOO_LARGE", await response.ProblemCodeAsync());
    }

    [Theory]
    [InlineData("\"closed_at\":\"2026-11-22T00:00:00Z\"", "2026-11-21T09:40:00.000Z")]
    [InlineData("\"closed_at\":null,\"updated_at\":\"2026-11-21T09:20:00Z\"", "2026-11-21T09:20:00.000Z")]
    [InlineData("\"state\":\"closed\",\"closed_at\":\"2026-11-21T10:30:00+01:00\"", "2026-11-21T09:30:00.000Z")]
    public async Task AReview_EndsWhenItsPullRequestWasClosed_AndNotInTheFuture(string closedAt, string end)
    {
        await DeliverAsync(ClosedAt(closedAt));

        Assert.Equal([end, end], host.Query<string>("SELECT end_time FROM time_sessions WHERE status <> 'active'", "worktime"));
    }

    [Theory]
    [Trait("Case", "A12")]
    [InlineData("\"closed_at\":\"2026-11-21T08:00:00Z\"", 200)]
    [InlineData("\"closed_at\":\"2026-11-21T08:59:59Z\"", 200)]
    [InlineData("\"closed_at\":\"2026-11-21T09:30:00Z\",\"state\":\"open\"", 202)]
    [InlineData("\"closed_at\":\"yesterday\"", 400)]
    [InlineData("\"merged_at\":\"2026-11-21T09:30:00Z\"", 400)]
    public async Task ADelivery_ThatIsNoNewsOfAReview_EndsNothing(string closedAt, int status)
    {
        Assert.Equal(status, (int)(await DeliverAsync(ClosedAt(closedAt))).StatusCode);

        Assert.Empty(host.Query<string>("SELECT end_time FROM time_sessions WHERE status <> 'active'", "worktime"));
    }

    [Fact]
    [Trait("Case", "A12")]
    public async Task ADelivery_SentAgainUnderAnotherName_EndsNoLaterReview()
    {
        await DeliverAsync(Closed);
        var developer = await Developer.SignInAsync(host, gitHubUserId: 1);
        var answer = await developer.SendAsync("POST", "/api/time-sessions/start", """{"repo_owner":"octocat","repo_name":"hello-world","pr_number":7}""");
        var id = (await answer.JsonAsync()).GetProperty("session_id").GetInt64();

        Assert.Equal("""{"status":"done","sessions_ended":0}""", await (await DeliverAsync(Closed, delivery: "another")).Content.ReadAsStringAsync());
        Assert.Equal("active", (await developer.GetAsync($"/api/time-sessions/{id}")).GetProperty("status").GetString());
    }

    [Theory]
    [Trait("Case", "T1")]
    [InlineData("Hello\\u0000World")]
    [InlineData("Hello\\ud800World")]
    [InlineData("..")]
    [InlineData("Hello World")]
    public async Task ADelivery_OfARepositoryThatCannotBe_IsRefused(string name) =>
        Assert.Equal("EVENT_NOT_VALID", await (await DeliverAsync(Closed.Replace("Hello-World", name, StringComparison.Ordinal))).ProblemCodeAsync());

    [Fact]
    public async Task WithoutASecret_TheWebhookIsClosedAndNamesTheSetting()
    {
        await host.DisposeAsync();
        host = await TestHost.StartAsync();

        var response = await DeliverAsync(Closed);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("WEBHOOK_NOT_CONFIGURED", await response.ProblemCodeAsync());
        Assert.Contains("GitHub:WebhookSecret", (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongSignatures_ShutNobodyOut()
    {
        for (var i = 0; i < 12; i++)
        {
            await SendAsync(Closed, $"sha256={i:d64}", "pull_request", "delivery");
        }

        Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(Closed)).StatusCode);
    }

    private static string SignatureOf(string body, string secret = GitHubDouble.WebhookSecret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}";

    private static string ClosedAt(string fields) => Closed.Replace("\"closed_at\":\"2026-11-21T09:30:00Z\"", fields, StringComparison.Ordinal);

    private void AddSession(long developer, string owner, string name, int number) => host.Execute(
        $"""
        INSERT INTO time_sessions (user_id, repo_owner, repo_name, pr_number, start_time, last_seen_at, status, created_at)
        VALUES ({developer}, '{owner}', '{name}', {number}, '2026-11-21T09:00:00.000Z', '2026-11-21T09:00:00.000Z', 'active', '{host.Clock.GetInstant().ToIso()}')
        """,
        "worktime");

    private Task<HttpResponseMessage> DeliverAsync(string body, string eventName = "pull_request", string delivery = "72d3162e-cc78-11e3-81ab-4c9367dc0958") =>
        SendAsync(body, SignatureOf(body), eventName, delivery);

    private Task<HttpResponseMessage> SendAsync(string body, string? signature, string eventName, string delivery, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/github")
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(contentType)),
        };
        request.Headers.TryAddWithoutValidation("X-GitHub-Event", eventName);
        request.Headers.TryAddWithoutValidation("X-GitHub-Delivery", delivery);
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        }

        return host.Http.SendAsync(request);
    }

    /// <summary>A body that does not say how long it is.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
