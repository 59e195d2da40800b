using System.Net;
using System.Text;
using TraderHub.Core.KeyValue;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>Signing in with a code that the client got from GitHub.</summary>
public sealed class SignInDeveloperTests : IAsyncLifetime
{
    private const string ExtensionId = "abcdefghijklmnopabcdefghijklmnop";

    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private GitHubHost host = null!;

    public async Task InitializeAsync() => host = await GitHubHost.StartAsync(
        ("Auth:AllowedOrigins", $"https://app.example.com,chrome-extension://{ExtensionId}"), ("Auth:FailedAttemptsPer5Minutes", "100"));

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task ACodeOfGitHubs_IsAnsweredWithATokenAndItsUser()
    {
        var response = await host.ExchangeAsync(host.GitHub.IssueCode());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        var answer = await response.JsonAsync();
        Assert.Equal(
            """{"user_id":1,"github_username":"octocat","github_avatar_url":"https://avatars.example.com/u/583231","email":"octocat@example.com"}""",
            answer.GetProperty("user").GetRawText());
        Assert.Equal(1, (int)ForgedToken.ClaimsOf(answer.GetProperty("token").GetString()!)["userId"]!);
        Assert.Equal(
            ["583231 octocat octocat@example.com 2026-11-21T09:40:00.000Z"],
            host.Host.Query<string>("SELECT github_user_id || ' ' || github_username || ' ' || email || ' ' || last_active FROM users", "worktime"));
        Assert.Equal(
            ["developer 1 github sign-in done octocat"],
            host.Host.Query<string>("SELECT actor || ' ' || action || ' ' || outcome || ' ' || detail FROM audit_log"));
    }

    [Fact]
    public async Task GitHub_IsToldWhatItAsksFor()
    {
        const string Back = $"https://{ExtensionId}.chromiumapp.org/callback";
        await host.ExchangeAsync(host.GitHub.IssueCode(challenge: GitHubDouble.ChallengeOf(Verifier), redirectUri: Back), Verifier, Back);

        var asked = Assert.Single(host.GitHub.Exchanges);
        Assert.Equal(["client_id", "client_secret", "code", "redirect_uri", "code_verifier"], asked.Select(field => field.Key));
    }

    [Fact]
    public async Task ADeveloperWhoComesAgain_IsTheSame_WithWhatGitHubSaysNow()
    {
        await host.ExchangeAsync(host.GitHub.IssueCode(login: "before"));
        await host.ExchangeAsync(host.GitHub.IssueCode(userId: 2, login: "another"));
        var again = await (await host.ExchangeAsync(host.GitHub.IssueCode(login: "after", email: null))).JsonAsync();

        Assert.Equal(1, again.GetProperty("user").GetProperty("user_id").GetInt64());
        Assert.Equal(["after ", "another octocat@example.com"], host.Host.Query<string>("SELECT github_username || ' ' || COALESCE(email, '') FROM users ORDER BY id", "worktime"));
    }

    [Fact]
    public async Task FirstSignInsOfOneDeveloperAtTheSameTime_MakeOneDeveloper()
    {
        var codes = Enumerable.Range(0, 8).Select(_ => host.GitHub.IssueCode()).ToList();

        var answers = await Task.WhenAll(codes.Select(code => host.ExchangeAsync(code)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal([1], host.Host.Query<long>("SELECT id FROM users", "worktime"));
    }

    [Fact]
    public async Task ACodeThatGitHubDoesNotTake_IsAProblemWithGitHubsOwnWord()
    {
        var code = host.GitHub.IssueCode();
        await host.ExchangeAsync(code);

        foreach (var (other, verifier, word) in new[]
        {
            (code, (string?)null, "bad_verification_code"),
            ("' OR 1=1 --", null, "bad_verification_code"),
            (host.GitHub.IssueCode(challenge: GitHubDouble.ChallengeOf(Verifier)), null, "bad_verification_code"),
            (host.GitHub.IssueCode(challenge: GitHubDouble.ChallengeOf(Verifier)), Verifier.Replace('d', 'e'), "bad_verification_code"),
            (host.GitHub.IssueCode(redirectUri: "https://elsewhere.example.com/"), null, "redirect_uri_mismatch"),
        })
        {
            var response = await host.ExchangeAsync(other, verifier);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("GITHUB_REFUSED", await response.ProblemCodeAsync());
            Assert.Equal(word, (await response.JsonAsync()).GetProperty("details").GetProperty("error").GetString());
        }

        Assert.Equal(["GITHUB_REFUSED"], host.Host.Query<string>("SELECT outcome FROM audit_log WHERE actor = 'unknown'"));
    }

    [Theory]
    [InlineData("{}", "code")]
    [InlineData("""{"code":""}""", "code")]
    [InlineData("""{"code":null,"codeVerifier":7}""", "code,codeVerifier")]
    [InlineData("""{"code":"a","codeVerifier":"too short"}""", "codeVerifier")]
    [InlineData("""{"code":"a","codeVerifier":"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX é"}""", "codeVerifier")]
    [InlineData("""{"code":"a","code_verifier":"a"}""", "code_verifier")]
    [InlineData("""{"code":"a","redirectUri":"not an address"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"/auth"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"https://evil.example.com/"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"https://app.example.com.evil.example.com/"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"https://app.example.com@evil.example.com/"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"https://evil@app.example.com/"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"http://app.example.com/"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"https://app.example.com:8443/"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"https://app.example.com/#fragment"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"javascript:alert(1)"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"https://bbcdefghijklmnopabcdefghijklmnop.chromiumapp.org/"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org.evil.example.com/"}""", "redirectUri")]
    [InlineData("""{"code":"a","redirectUri":"http://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/"}""", "redirectUri")]
    public async Task WhatIsNoSignIn_IsRefusedFieldByField_AndGitHubIsNotAsked(string body, string fields)
    {
        var response = await host.Host.SendAsync(HttpMethod.Post, "/auth/github/callback", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields.Split(','), (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name));
        Assert.Empty(host.GitHub.Exchanges);
    }

    [Fact]
    public async Task ARedirectToThisSiteOrAnAllowedOne_IsPassedOn()
    {
        foreach (var address in new[]
        {
            "https://app.example.com/signed-in?x=1", $"https://{ExtensionId}.chromiumapp.org/", $"chrome-extension://{ExtensionId}/callback.html",
            new Uri(host.Host.Http.BaseAddress!, "/auth/github/callback").ToString(),
        })
        {
            Assert.Equal(HttpStatusCode.OK, (await host.ExchangeAsync(host.GitHub.IssueCode(redirectUri: address), redirectUri: address)).StatusCode);
        }
    }

    [Fact]
    public async Task GitHubsToken_IsKeptForSevenDaysAndReadableToNobody()
    {
        await host.SignInAsync();

        var kept = (await host.Keys.GetWithMetadataAsync("github_token:1", CancellationToken.None))!;
        var gitHubs = Assert.Single(host.GitHub.Tokens);
        Assert.Equal("2026-11-28T09:40:00Z", kept.Expiration.ToString());
        Assert.DoesNotContain(gitHubs, Encoding.UTF8.GetString(kept.Value.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(gitHubs, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(host.Host.DataFolder, "kv.db"))), StringComparison.Ordinal);

        host.Host.Clock.Advance(TimeSpan.FromDays(1));
        await host.SignInAsync();
        Assert.Equal("2026-11-29T09:40:00Z", (await host.Keys.GetWithMetadataAsync("github_token:1", CancellationToken.None))!.Expiration.ToString());
    }

    [Fact]
    public async Task GitHubsToken_UnderTheKeyOfAnother_IsWorthNothing()
    {
        var first = await host.SignInAsync();
        await host.SignInAsync(userId: 2);
        var ofTheSecond = await host.Keys.GetAsync("github_token:2", CancellationToken.None);
        await host.Keys.PutAsync("github_token:1", ofTheSecond!.Value, PutOptions.None, CancellationToken.None);

        Assert.Equal("SIGN_IN_ENDED", await (await host.RefreshAsync(first)).ProblemCodeAsync());
    }

    [Fact]
    public async Task NoSecret_IsEverInALogOrTheAudit()
    {
        var code = host.GitHub.IssueCode(challenge: GitHubDouble.ChallengeOf(Verifier));
        var token = (await (await host.ExchangeAsync(code, Verifier)).JsonAsync()).GetProperty("token").GetString()!;
        await host.RefreshAsync(token);
        await host.ExchangeAsync(code, Verifier);
        host.GitHub.AnswerExchange(GitHubDouble.With(200, "text/html", "gho_in-a-page"));
        await host.ExchangeAsync("another-code-that-is-not-to-be-seen");
        await host.SignOutAsync(token);

        var seen = string.Join('\n', host.Host.Log.Lines.Concat(host.Host.Query<string>("SELECT COALESCE(detail, '') || action FROM audit_log")));
        Assert.All(
            [code, Verifier, token, token.Split('.')[2], host.GitHub.Tokens.First(), GitHubDouble.ClientSecret, TestHost.JwtSecret, "gho_in-a-page", "another-code-that"],
            secret => Assert.DoesNotContain(secret, seen, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Case", "A3")]
    public async Task ExchangeCode_AfterTooManyWrongOnes_RefusesWrongOnesWithAWait_AndTakesTheRightOne()
    {
        await host.DisposeAsync();
        host = await GitHubHost.StartAsync(("Auth:FailedAttemptsPer5Minutes", "3"));
        for (var i = 0; i < 3; i++)
        {
            await host.ExchangeAsync($"guess {i}");
        }

        var refused = await host.ExchangeAsync("guess 3");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("TOO_MANY_ATTEMPTS", await refused.ProblemCodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await host.ExchangeAsync(host.GitHub.IssueCode())).StatusCode);
    }

    [Theory]
    [InlineData("GitHub:ClientId")]
    [InlineData("GitHub:ClientSecret")]
    [InlineData("Auth:JwtSecret")]
    public async Task WithoutASetting_SigningInIsClosedAndNamesIt(string setting)
    {
        await host.DisposeAsync();
        host = await GitHubHost.StartAsync((setting, ""));

        foreach (var response in new[] { await host.ExchangeAsync("code"), await host.Host.Http.GetAsync("/auth/github/login"), await host.Host.Http.GetAsync("/auth/github/callback?code=a&state=b") })
        {
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("DEVELOPERS_NOT_CONFIGURED", await response.ProblemCodeAsync());
            Assert.Contains($": {setting}.", (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Empty(host.GitHub.Exchanges);
    }
}
