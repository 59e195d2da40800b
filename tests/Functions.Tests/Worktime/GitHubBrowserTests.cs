using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>Signing in with a browser, which is sent to GitHub and back.</summary>
public sealed class GitHubBrowserTests : IAsyncLifetime
{
    private GitHubHost host = null!;

    public async Task InitializeAsync() => host = await GitHubHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task ABrowser_IsSentToGitHubWithAStateAndAChallenge()
    {
        using var browser = new BrowserOnGitHub(host);
        await browser.BeginAsync();

        Assert.Equal(new Uri(host.GitHub.Address, "/login/oauth/authorize"), new Uri(browser.Location!.GetLeftPart(UriPartial.Path)));
        var asked = QueryHelpers.ParseQuery(browser.Location.Query);
        Assert.Equal(["client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"], asked.Keys);
        Assert.Equal($"{host.Host.Http.BaseAddress}auth/github/callback", asked["redirect_uri"].ToString());
        Assert.Equal("S256", asked["code_challenge_method"].ToString());
        Assert.Equal(43, asked["code_challenge"].ToString().Length);
        Assert.EndsWith("; max-age=600; path=/auth/github; samesite=lax; httponly", browser.LastCookies.Single(), StringComparison.Ordinal);
        Assert.DoesNotContain(browser.State, host.Host.Query<string>("SELECT id || code_verifier FROM auth_states", "worktime").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrowserThatComesBack_IsSignedInByACookieThatScriptsCannotRead()
    {
        using var browser = new BrowserOnGitHub(host);
        await browser.BeginAsync();
        var response = await browser.ComeBackAsync(browser.Agree());

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/", response.Headers.Location!.ToString());
        Assert.Contains(browser.LastCookies, cookie =>
            cookie.StartsWith("traderhub-developer=ey", StringComparison.Ordinal) && cookie.EndsWith("; max-age=604800; path=/; samesite=lax; httponly", StringComparison.Ordinal));
        Assert.Contains("\"github_username\":\"octocat\"", await browser.ReadAsync("/auth/status"), StringComparison.Ordinal);
        Assert.Empty(host.Host.Query<string>("SELECT id FROM auth_states", "worktime"));
    }

    [Fact]
    public async Task TheCookiesToken_IsRefreshedInTheCookie_AndNeedsTheHeaderOfOurOwnPages()
    {
        using var browser = new BrowserOnGitHub(host);
        await browser.SignInAsync();
        var before = browser.Token;
        host.Host.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("""{"authenticated":false,"user":null,"expires_at":null}""", await browser.ReadAsync("/auth/status"));

        Assert.Equal("CSRF_HEADER_REQUIRED", await (await browser.PostAsync("/auth/refresh", isOwnPage: false)).ProblemCodeAsync());
        var response = await browser.PostAsync("/auth/refresh", isOwnPage: true);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.NotEqual(before, browser.Token);
        Assert.Contains("octocat", await browser.ReadAsync("/auth/status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigningOut_TakesTheCookieBack_AndItsTokenIsWorthNothing()
    {
        using var browser = new BrowserOnGitHub(host);
        await browser.SignInAsync();
        var token = browser.Token;

        Assert.Equal("CSRF_HEADER_REQUIRED", await (await browser.PostAsync("/auth/logout", isOwnPage: false)).ProblemCodeAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await browser.PostAsync("/auth/logout", isOwnPage: true)).StatusCode);

        Assert.Equal(string.Empty, browser.Token);
        Assert.Equal("SIGN_IN_ENDED", await (await host.GetStatusAsync(token)).ProblemCodeAsync());
    }

    [Fact]
    public async Task AState_IsGoodOnce()
    {
        using var browser = new BrowserOnGitHub(host);
        await browser.BeginAsync();
        await browser.ComeBackAsync(browser.Agree());

        await AssertNotTakenAsync(await browser.ComeBackAsync(browser.Agree(), cookie: browser.State));
    }

    [Fact]
    public async Task AState_ThatTwoComeBackWithAtOnce_IsGoodForOne()
    {
        using var browser = new BrowserOnGitHub(host);
        await browser.BeginAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.ComeBackAsync(browser.Agree(), cookie: browser.State)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task AState_IsGoodForTenMinutes()
    {
        using var browser = new BrowserOnGitHub(host);
        await browser.BeginAsync();
        host.Host.Clock.Advance(TimeSpan.FromMinutes(10));

        await AssertNotTakenAsync(await browser.ComeBackAsync(browser.Agree(), cookie: browser.State));
    }

    [Fact]
    public async Task AState_OfAnotherBrowser_IsNotTaken()
    {
        using var attacker = new BrowserOnGitHub(host);
        using var victim = new BrowserOnGitHub(host);
        await attacker.BeginAsync();
        await victim.BeginAsync();

        await AssertNotTakenAsync(await victim.ComeBackAsync($"code={host.GitHub.IssueCode()}&state={attacker.State}"));
        await AssertNotTakenAsync(await host.Host.Http.GetAsync($"/auth/github/callback?code={host.GitHub.IssueCode()}&state={attacker.State}"));
        await AssertNotTakenAsync(await victim.ComeBackAsync($"code={host.GitHub.IssueCode()}&state=made-up", cookie: "made-up"));
        Assert.Empty(host.GitHub.Exchanges);

        // What others tried has not used it up.
        Assert.Equal(HttpStatusCode.SeeOther, (await attacker.ComeBackAsync(attacker.Agree())).StatusCode);
    }

    [Fact]
    public async Task ACode_OfAnothersChallenge_IsNotTaken()
    {
        using var browser = new BrowserOnGitHub(host);
        await browser.BeginAsync();

        var response = await browser.ComeBackAsync($"code={host.GitHub.IssueCode(challenge: GitHubDouble.ChallengeOf("another"))}&state={browser.State}");

        Assert.Equal("GITHUB_REFUSED", await response.ProblemCodeAsync());
    }

    [Theory]
    [InlineData("error=access_denied&error_description=The+user+denied&state=x", "GITHUB_REFUSED")]
    [InlineData("error=%3Cscript%3E", "GITHUB_REFUSED")]
    [InlineData("", "VALIDATION_FAILED")]
    [InlineData("code=a", "VALIDATION_FAILED")]
    [InlineData("state=a", "VALIDATION_FAILED")]
    [InlineData("code=a&code=b&state=c", "VALIDATION_FAILED")]
    [InlineData("code=a&state=c", "STATE_NOT_VALID")]
    public async Task WhoComesBackWithoutACode_IsToldWhy(string query, string code)
    {
        var response = await host.Host.Http.GetAsync($"/auth/github/callback?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await response.ProblemCodeAsync());
        Assert.Contains(code, host.Host.Query<string>("SELECT outcome FROM audit_log"));
    }

    [Fact]
    public async Task APersonWhoComesBackWithoutACode_SeesAPage()
    {
        var response = await host.Host.SendAsync(HttpMethod.Get, "/auth/github/callback?error=access_denied", null, ("Accept", "text/html"));

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("access_denied", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSite_IsTheOneOfTheSettings_AndItsCookiesAreForEncryptedConnections()
    {
        await host.DisposeAsync();
        host = await GitHubHost.StartAsync(("Auth:Domain", "hub.example.com"));
        using var browser = new BrowserOnGitHub(host);
        await browser.BeginAsync();

        Assert.Equal("https://hub.example.com/auth/github/callback", QueryHelpers.ParseQuery(browser.Location!.Query)["redirect_uri"].ToString());
        Assert.EndsWith("; secure; samesite=lax; httponly", browser.LastCookies.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHostThatOthersNamed_IsNoPlaceToComeBackTo()
    {
        var response = await host.Host.SendAsync(HttpMethod.Get, "/auth/github/login", null, ("Host", "evil.example.com"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("DOMAIN_NOT_SET", await response.ProblemCodeAsync());
    }

    private async Task AssertNotTakenAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("STATE_NOT_VALID", await response.ProblemCodeAsync());
        Assert.DoesNotContain("traderhub-developer", string.Join('\n', response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }
}
