using Microsoft.AspNetCore.Http;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>What becomes of a sign-in when GitHub does not do its part.</summary>
public sealed class GitHubFailureTests : IAsyncLifetime
{
    private GitHubHost host = null!;

    public async Task InitializeAsync() => host = await GitHubHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [InlineData(500, "application/json", "{}", 502)]
    [InlineData(503, "text/html", "<h1>Unicorn!</h1>", 502)]
    [InlineData(200, "text/html", "<h1>Sign in</h1>", 502)]
    [InlineData(200, "application/json", "", 502)]
    [InlineData(200, "application/json", "[]", 502)]
    [InlineData(200, "application/json", "{}", 502)]
    [InlineData(200, "application/json", """{"access_token":""}""", 502)]
    [InlineData(200, "application/json", """{"access_token":7}""", 502)]
    [InlineData(200, "application/json", """{"access_token":"a\r\nb: c"}""", 502)]
    [InlineData(404, "application/json", """{"message":"Not Found"}""", 502)]
    [InlineData(307, "application/json", "{}", 502)]
    [InlineData(429, "application/json", "{}", 503)]
    public async Task AnAnswerThatCannotBeUsed_IsAProblemOfTheUpstream(int status, string contentType, string body, int expected)
    {
        host.GitHub.AnswerExchange(http =>
        {
            http.Response.Headers.Location = status == 307 ? "/elsewhere" : default(Microsoft.Extensions.Primitives.StringValues);
            return GitHubDouble.With(status, contentType, body)(http);
        });
        await AssertFailedAsync(await host.ExchangeAsync("code"), expected);
        Assert.Single(host.GitHub.Exchanges);

        // The same answers in the place of the user.
        host.GitHub.AnswerExchange(GitHubDouble.With(200, "application/json", """{"access_token":"gho_good"}"""));
        host.GitHub.AnswerUser(GitHubDouble.With(status, contentType, body));
        await AssertFailedAsync(await host.ExchangeAsync("code"), expected);
    }

    [Theory]
    [InlineData("""{"login":"octocat"}""")]
    [InlineData("""{"id":0,"login":"octocat"}""")]
    [InlineData("""{"id":"1","login":"octocat"}""")]
    [InlineData("""{"id":1.5,"login":"octocat"}""")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":1,"login":null}""")]
    public async Task AUserWithoutANumberOrName_IsNobody(string user)
    {
        host.GitHub.AnswerUser(GitHubDouble.With(200, "application/json", user));

        await AssertFailedAsync(await host.ExchangeAsync(host.GitHub.IssueCode()), 502);
    }

    [Theory]
    [InlineData("""{"id":1,"login":"octocat"}""")]
    [InlineData("""{"id":1,"login":"octocat","email":7,"avatar_url":"javascript:alert(1)","plan":{"a":[1]}}""")]
    public async Task AUserWithoutTheRest_IsThatUser(string user)
    {
        host.GitHub.AnswerUser(GitHubDouble.With(200, "application/json", user));

        var answer = await (await host.ExchangeAsync(host.GitHub.IssueCode())).JsonAsync();

        Assert.Equal("""{"user_id":1,"github_username":"octocat","github_avatar_url":null,"email":null}""", answer.GetProperty("user").GetRawText());
    }

    [Fact]
    public async Task ALimitThatGitHubTellsAsForbidden_IsALimit()
    {
        host.GitHub.AnswerUser(http =>
        {
            http.Response.Headers["X-RateLimit-Remaining"] = "0";
            return GitHubDouble.With(403, "application/json", "{}")(http);
        });

        var response = await host.ExchangeAsync(host.GitHub.IssueCode());

        await AssertFailedAsync(response, 503);
        Assert.Equal("UPSTREAM_RATE_LIMITED", await response.ProblemCodeAsync());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task ARefusalWithAnotherStatus_IsOneToo(int status)
    {
        host.GitHub.AnswerExchange(GitHubDouble.With(status, "application/json", """{"error":"<script>"}"""));

        var response = await host.ExchangeAsync("code");

        Assert.Equal("GITHUB_REFUSED", await response.ProblemCodeAsync());
        Assert.Equal("unknown", (await response.JsonAsync()).GetProperty("details").GetProperty("error").GetString());
    }

    [Fact]
    public async Task HalfAnAnswer_IsAProblemOfTheUpstream()
    {
        host.GitHub.AnswerExchange(GitHubDouble.WithHalf("""{"access_token":"gho_good","token_type":"bearer"}"""));

        await AssertFailedAsync(await host.ExchangeAsync("code"), 503);
    }

    [Fact]
    public async Task AnAnswerThatDoesNotCome_IsWaitedForTenSeconds()
    {
        host.GitHub.AnswerExchange(GitHubDouble.Never);
        var answer = host.ExchangeAsync("code");
        await Eventually.TrueAsync(() => !host.GitHub.Exchanges.IsEmpty);
        host.Host.Clock.Advance(TimeSpan.FromSeconds(10));

        await AssertFailedAsync(await answer, 504);
    }

    [Fact]
    public async Task GitHubThatIsNotThere_IsAProblemOfTheUpstream()
    {
        await host.DisposeAsync();
        host = await GitHubHost.StartAsync(("GitHub:OAuthBaseUrl", "http://127.0.0.1:9"));

        await AssertFailedAsync(await host.ExchangeAsync("code"), 503);
    }

    [Fact]
    public async Task AFailureOfGitHubs_IsNobodysFailedAttempt()
    {
        host.GitHub.AnswerExchange(GitHubDouble.With(500, "text/plain", "Unicorn!"));
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(StatusCodes.Status502BadGateway, (int)(await host.ExchangeAsync($"code {i}")).StatusCode);
        }
    }

    private async Task AssertFailedAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith("UPSTREAM_", await response.ProblemCodeAsync(), StringComparison.Ordinal);
        Assert.Contains("GitHub", (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(host.Host.Query<long>("SELECT id FROM users", "worktime"));
    }
}
