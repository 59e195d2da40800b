using System.Net;
using TraderHub.Core.KeyValue;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>Staying signed in, and signing out.</summary>
public sealed class RefreshDeveloperTokenTests : IAsyncLifetime
{
    private GitHubHost host = null!;
    private string token = null!;

    public async Task InitializeAsync()
    {
        host = await GitHubHost.StartAsync();
        token = await host.SignInAsync();
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task AToken_IsExchangedForTheNextOne_OfTheSameSignIn()
    {
        host.Host.Clock.Advance(TimeSpan.FromMinutes(50));
        var next = await RefreshedAsync(token);

        var (before, after) = (ForgedToken.ClaimsOf(token), ForgedToken.ClaimsOf(next));
        Assert.NotEqual((string?)before["jti"], (string?)after["jti"]);
        Assert.Equal((string?)before["family"], (string?)after["family"]);
        Assert.Equal((long)before["exp"]! + 3000, (long)after["exp"]!);
        Assert.Equal("583231", (string?)after["githubUserId"]);
        Assert.Equal(HttpStatusCode.OK, (await host.GetStatusAsync(next)).StatusCode);

        // Requests that are under way with the one before are not broken off.
        Assert.Equal(HttpStatusCode.OK, (await host.GetStatusAsync(token)).StatusCode);
    }

    [Fact]
    public async Task AnExpiredToken_IsExchangedUntilSevenDaysAfterTheSignIn()
    {
        host.Host.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(10));
        var last = await RefreshedAsync(token);
        Assert.Equal((long)ForgedToken.ClaimsOf(token)["iat"]! + (7 * 86_400), (long)ForgedToken.ClaimsOf(last)["exp"]!);

        host.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.RefreshAsync(last)).StatusCode);
        Assert.Equal("SIGN_IN_ENDED", await (await host.RefreshAsync(token)).ProblemCodeAsync());
        Assert.Equal("TOKEN_EXPIRED", await (await host.GetStatusAsync(last)).ProblemCodeAsync());
    }

    [Fact]
    public async Task Refreshing_DoesNotProlongTheSignIn()
    {
        for (var day = 0; day < 6; day++)
        {
            host.Host.Clock.Advance(TimeSpan.FromDays(1));
            token = await RefreshedAsync(token);
        }

        Assert.Equal("2026-11-28T09:40:00Z", (await host.Keys.GetWithMetadataAsync("github_token:1", CancellationToken.None))!.Expiration.ToString());
        host.Host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("SIGN_IN_ENDED", await (await host.RefreshAsync(token)).ProblemCodeAsync());
    }

    [Fact]
    public async Task ATokenWhoseAnswerWasLost_IsAnsweredTheSameForThirtySeconds()
    {
        var next = await RefreshedAsync(token);
        host.Host.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(next, await RefreshedAsync(token));
    }

    [Fact]
    public async Task ATokenThatTwentyCallersExchangeAtOnce_BecomesOne()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RefreshedAsync(token)));

        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.OK, (await host.RefreshAsync(answers[0])).StatusCode);
    }

    [Fact]
    public async Task ATokenThatIsUsedAgainLater_EndsTheSignInForBoth_AndIsAudited()
    {
        var next = await RefreshedAsync(token);
        host.Host.Clock.Advance(TimeSpan.FromSeconds(31));

        var reused = await host.RefreshAsync(token);

        Assert.Equal(HttpStatusCode.Unauthorized, reused.StatusCode);
        Assert.Equal("TOKEN_REUSED", await reused.ProblemCodeAsync());
        Assert.Equal("SIGN_IN_ENDED", await (await host.RefreshAsync(next)).ProblemCodeAsync());
        Assert.Equal("SIGN_IN_ENDED", await (await host.GetStatusAsync(next)).ProblemCodeAsync());
        Assert.Null(await host.Keys.GetAsync("github_token:1", CancellationToken.None));
        Assert.Equal(
            ["developer 1 token refresh TOKEN_REUSED"],
            host.Host.Query<string>("SELECT actor || ' ' || action || ' ' || outcome FROM audit_log WHERE outcome <> 'done'"));
    }

    [Fact]
    public async Task ATokenOfTwoRefreshesAgo_IsReused_HoweverSoon()
    {
        await RefreshedAsync(await RefreshedAsync(token));

        Assert.Equal("TOKEN_REUSED", await (await host.RefreshAsync(token)).ProblemCodeAsync());
    }

    [Fact]
    public async Task ATokenThatTwentyCallersUseAgainLater_IsRefusedToAll()
    {
        await RefreshedAsync(token);
        host.Host.Clock.Advance(TimeSpan.FromSeconds(31));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.RefreshAsync(token)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    [Fact]
    public async Task WithoutGitHubsToken_ThereIsNoOther()
    {
        await host.Keys.DeleteAsync("github_token:1", CancellationToken.None);
        Assert.Equal("SIGN_IN_ENDED", await (await host.RefreshAsync(token)).ProblemCodeAsync());

        // As the system before has left it: not encrypted by this one.
        await host.Keys.PutAsync("github_token:1", "gho_plain"u8.ToArray(), PutOptions.None, CancellationToken.None);
        Assert.Equal("SIGN_IN_ENDED", await (await host.RefreshAsync(token)).ProblemCodeAsync());
    }

    [Fact]
    public async Task SigningOut_EndsThatSignIn_AndForgetsGitHubsTokenWithTheLast()
    {
        var elsewhere = await host.SignInAsync();
        var ofAnother = await host.SignInAsync(userId: 2);

        Assert.Equal(HttpStatusCode.NoContent, (await host.SignOutAsync(token)).StatusCode);
        Assert.Equal("SIGN_IN_ENDED", await (await host.GetStatusAsync(token)).ProblemCodeAsync());
        Assert.Equal("SIGN_IN_ENDED", await (await host.RefreshAsync(token)).ProblemCodeAsync());
        Assert.Equal("SIGN_IN_ENDED", await (await host.SignOutAsync(token)).ProblemCodeAsync());
        Assert.NotNull(await host.Keys.GetAsync("github_token:1", CancellationToken.None));

        elsewhere = await RefreshedAsync(elsewhere);
        Assert.Equal(HttpStatusCode.NoContent, (await host.SignOutAsync(elsewhere)).StatusCode);
        Assert.Null(await host.Keys.GetAsync("github_token:1", CancellationToken.None));
        await RefreshedAsync(ofAnother);
    }

    [Fact]
    public async Task SigningOut_WithATokenThatHasExpired_EndsTheSignInToo()
    {
        host.Host.Clock.Advance(TimeSpan.FromHours(5));

        Assert.Equal(HttpStatusCode.NoContent, (await host.SignOutAsync(token)).StatusCode);
        Assert.Null(await host.Keys.GetAsync("github_token:1", CancellationToken.None));
    }

    [Theory]
    [InlineData("/auth/refresh")]
    [InlineData("/auth/logout")]
    public async Task WhoIsNoDeveloper_CanNeitherRefreshNorSignOut(string path)
    {
        var trader = await host.Host.SignInAsync(TestHost.Trader);

        Assert.Equal("AUTHENTICATION_REQUIRED", await (await host.Host.SendAsync(HttpMethod.Post, path)).ProblemCodeAsync());
        Assert.Equal("DEVELOPER_REQUIRED", await (await host.Host.SendAsync(HttpMethod.Post, path, null, ("Authorization", $"Bearer {trader}"))).ProblemCodeAsync());
        Assert.Equal("TOKEN_NOT_VALID", await (await host.Host.SendAsync(HttpMethod.Post, path, null, ("Authorization", $"Bearer {ForgedToken.From(token, key: new string('x', 32))}"))).ProblemCodeAsync());
    }

    [Fact]
    public async Task TheStatus_SaysWhoHasSignedIn_OrThatNobodyHas()
    {
        var known = await (await host.GetStatusAsync(token)).JsonAsync();
        Assert.True(known.GetProperty("authenticated").GetBoolean());
        Assert.Equal("octocat", known.GetProperty("user").GetProperty("github_username").GetString());
        Assert.Equal("2026-11-21T10:40:00.000Z", known.GetProperty("expires_at").GetString());

        const string Nobody = """{"authenticated":false,"user":null,"expires_at":null}""";
        Assert.Equal(Nobody, await host.Host.Http.GetStringAsync("/auth/status"));
        var trader = await host.Host.SendAsync(HttpMethod.Get, "/auth/status", null, ("Authorization", $"Bearer {await host.Host.SignInAsync(TestHost.Trader)}"));
        Assert.Equal(Nobody, await trader.Content.ReadAsStringAsync());
        var staleCookie = await host.Host.SendAsync(HttpMethod.Get, "/auth/status", null, ("Cookie", "traderhub-developer=a.b.c"));
        Assert.Equal(Nobody, await staleCookie.Content.ReadAsStringAsync());
    }

    private async Task<string> RefreshedAsync(string old)
    {
        var response = await host.RefreshAsync(old);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.JsonAsync()).GetProperty("token").GetString()!;
    }
}
