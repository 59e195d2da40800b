using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Functions.Http;
using TraderHub.Functions.Operations;
using TraderHub.Functions.Pages;

namespace TraderHub.Functions.Tests.Http;

public sealed class AccessTests : IAsyncLifetime
{
    private const string ReadKey = "a-key-that-reads-jobs";
    private const string OtherKey = "a-key-that-writes-signals";

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("/for-trader", "trader", 200, null)]
    [InlineData("/for-trader", "operator", 403, "TRADER_REQUIRED")]
    [InlineData("/for-trader", "read key", 403, "TRADER_REQUIRED")]
    [InlineData("/for-trader", "nobody", 401, "AUTHENTICATION_REQUIRED")]
    [InlineData("/for-trader", "developer", 403, "TRADER_REQUIRED")]
    [InlineData("/for-trader", "developer cookie", 403, "TRADER_REQUIRED")]
    [InlineData("/for-trader", "both cookies", 200, null)]
    [InlineData("/for-developer", "developer", 200, null)]
    [InlineData("/for-developer", "developer cookie", 200, null)]
    [InlineData("/for-developer", "both cookies", 200, null)]
    [InlineData("/for-developer", "trader", 403, "DEVELOPER_REQUIRED")]
    [InlineData("/for-developer", "trader cookie", 403, "DEVELOPER_REQUIRED")]
    [InlineData("/for-developer", "operator", 403, "DEVELOPER_REQUIRED")]
    [InlineData("/for-developer", "read key", 403, "DEVELOPER_REQUIRED")]
    [InlineData("/for-developer", "wrong token", 401, "SESSION_NOT_VALID")]
    [InlineData("/for-developer", "nobody", 401, "AUTHENTICATION_REQUIRED")]
    [InlineData("/for-program", "developer", 403, "SCOPE_REQUIRED")]
    [InlineData("/for-operator", "developer", 403, "OPERATOR_REQUIRED")]
    [InlineData("/for-program", "trader", 403, "SCOPE_REQUIRED")]
    [InlineData("/for-program", "operator", 200, null)]
    [InlineData("/for-program", "read key", 200, null)]
    [InlineData("/for-program", "other key", 403, "SCOPE_REQUIRED")]
    [InlineData("/for-program", "wrong key", 401, "API_KEY_NOT_VALID")]
    [InlineData("/for-program", "nobody", 401, "AUTHENTICATION_REQUIRED")]
    [InlineData("/for-operator", "trader", 403, "OPERATOR_REQUIRED")]
    [InlineData("/for-operator", "operator", 200, null)]
    [InlineData("/for-operator", "operator cookie", 200, null)]
    [InlineData("/for-operator", "forged cookie", 401, "AUTHENTICATION_REQUIRED")]
    [InlineData("/for-operator", "read key", 403, "OPERATOR_REQUIRED")]
    [InlineData("/for-operator", "wrong token", 401, "SESSION_NOT_VALID")]
    [InlineData("/for-operator", "nobody", 401, "AUTHENTICATION_REQUIRED")]
    public async Task EachCaller_MayDoWhatItsKindMay(string path, string caller, int status, string? code)
    {
        var response = await host.SendAsync(HttpMethod.Get, path, null, await ProofOfAsync(caller));

        Assert.Equal(status, (int)response.StatusCode);
        if (code is not null)
        {
            Assert.Equal(code, await response.ProblemCodeAsync());
        }
    }

    [Fact]
    public async Task AnOperatorFunction_WithoutATokenInTheSettings_NamesTheMissingSetting()
    {
        await host.DisposeAsync();
        host = await StartAsync(("Auth:AdminToken", ""));

        foreach (var caller in new[] { "nobody", "operator", "operator cookie" })
        {
            var response = await host.SendAsync(HttpMethod.Get, "/for-operator", null, await ProofOfAsync(caller));

            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Contains("Auth:AdminToken", (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ADevelopersFunction_WithoutASecretInTheSettings_IsClosedAndNamesTheMissingSetting()
    {
        var token = await host.SignInDeveloperAsync();
        await host.DisposeAsync();
        host = await StartAsync(("Auth:JwtSecret", ""));

        foreach (var proof in new[] { ("X-Nothing", "1"), ("Authorization", $"Bearer {token}"), ("Cookie", $"traderhub-developer={token}") })
        {
            var response = await host.SendAsync(HttpMethod.Get, "/for-developer", null, proof);

            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("DEVELOPERS_NOT_CONFIGURED", await response.ProblemCodeAsync());
            Assert.Contains("Auth:JwtSecret", (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/for-trader", "trader cookie", false, 403)]
    [InlineData("/for-trader", "trader cookie", true, 200)]
    [InlineData("/for-trader", "trader", false, 200)]
    [InlineData("/for-developer", "developer cookie", false, 403)]
    [InlineData("/for-developer", "developer cookie", true, 200)]
    [InlineData("/for-developer", "developer", false, 200)]
    public async Task AWrite_WithACookie_NeedsTheHeaderThatOtherSitesCannotSend(string path, string caller, bool sendsHeader, int status)
    {
        var headers = new List<(string, string)> { await ProofOfAsync(caller) };
        if (sendsHeader)
        {
            headers.Add(("X-Requested-With", "fetch"));
        }

        var response = await host.SendAsync(HttpMethod.Post, path, "{}", [.. headers]);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task AWrongSecret_AfterTheAddressHasHadItsNumber_IsToldHowLongToWait_UntilTheyAreForgotten()
    {
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(HttpMethod.Get, "/for-trader", null, ("Authorization", "Bearer ended-session"))).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await SendKeyAsync($"guess {i}")).StatusCode);
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var refused = await SendKeyAsync("guess 10");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("TOO_MANY_ATTEMPTS", await refused.ProblemCodeAsync());
        Assert.Equal(292, refused.Headers.RetryAfter?.Delta?.TotalSeconds);

        host.Clock.Advance(TimeSpan.FromSeconds(292));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendKeyAsync("guess 11")).StatusCode);
    }

    [Fact]
    public async Task SignInOperator_GivesAShortCookieThatScriptsCannotReadAndOtherSitesCannotSend()
    {
        var response = await SignInAsync(TestHost.AdminToken);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.EndsWith(
            "; max-age=3600; path=/; samesite=strict; httponly", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOperatorsCookie_EndsAfterAnHour()
    {
        var proof = await ProofOfAsync("operator cookie");
        host.Clock.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(HttpMethod.Get, "/for-operator", null, proof)).StatusCode);
    }

    [Fact]
    [Trait("Case", "A10")]
    public async Task SignOut_EndsEveryCopyOfTheOperatorsCookie_AndNoOtherSignIn()
    {
        using var browser = new BrowserClient(host);
        await browser.SubmitAsync("/signin/operator", "/signin/operator", ("token", TestHost.AdminToken));
        var copy = ("Cookie", $"traderhub-operator={browser.Cookies["traderhub-operator"]}");
        var other = await ProofOfAsync("operator cookie");
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Get, "/for-operator", null, copy)).StatusCode);

        await browser.SubmitAsync("/signin/operator", "/signout");

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(HttpMethod.Get, "/for-operator", null, copy)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Get, "/for-operator", null, other)).StatusCode);
        Assert.Contains("operator sign-out", host.Query<string>("SELECT action FROM audit_log"));
    }

    [Theory]
    [InlineData("token", "wrong", 401, "This is not the operator")]
    [InlineData("token", "", 400, "VALIDATION_FAILED")]
    [InlineData("other", "wrong", 400, "VALIDATION_FAILED")]
    public async Task SignInOperator_WithoutTheToken_SaysSoOnItsPage(string field, string value, int status, string said)
    {
        using var browser = new BrowserClient(host);

        var response = await browser.SubmitAsync("/signin/operator", "/signin/operator", (field, value));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(said, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("traderhub-operator", browser.Cookies);
    }

    [Fact]
    public async Task SignInOperator_WithoutTheTokenOfAForm_IsRefused()
    {
        using var browser = new BrowserClient(host);

        var response = await browser.PostAsync("/signin/operator", ("token", TestHost.AdminToken));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain("traderhub-operator", browser.Cookies);
    }

    [Fact]
    public async Task ShowOperatorSignIn_SaysWhetherThisBrowserIsSignedIn_AndThatThereIsNoOperator()
    {
        using var browser = new BrowserClient(host);
        Assert.Contains("name=\"token\"", await browser.ReadAsync("/signin/operator"), StringComparison.Ordinal);
        await browser.SubmitAsync("/signin/operator", "/signin/operator", ("token", TestHost.AdminToken));
        Assert.Contains("has an operator", await browser.ReadAsync("/signin/operator"), StringComparison.Ordinal);

        await host.DisposeAsync();
        host = await StartAsync(("Auth:AdminToken", ""));
        using var other = new BrowserClient(host);
        Assert.Contains("Auth:AdminToken, which makes one, is missing", await other.ReadAsync("/signin/operator"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatOperatorsDo_IsInTheAuditLog_AndNoSecretIs()
    {
        await SignInAsync("wrong-secret-of-somebody");
        await SignInAsync(TestHost.AdminToken);
        await host.RunTimerAsync("Nothing", "another-wrong-secret");

        Assert.Equal(
            ["unknown operator sign-in OPERATOR_TOKEN_NOT_VALID", "operator operator sign-in done", "unknown run timer ADMIN_KEY_REQUIRED"],
            host.Query<string>("SELECT actor || ' ' || action || ' ' || outcome FROM audit_log ORDER BY id"));
        Assert.All(
            host.Query<string>("SELECT COALESCE(detail, '') || remote_address || request_id FROM audit_log"),
            row => Assert.DoesNotContain("secret", row, StringComparison.Ordinal));
    }

    private static Task<TestHost> StartAsync(params (string Key, string Value)[] settings) => TestHost.StartAsync(new TestHostOptions
    {
        Settings =
        [
            ("Auth:ApiKeys:0:Name", "reports"), ("Auth:ApiKeys:0:Sha256", SessionToken.Hash(ReadKey)), ("Auth:ApiKeys:0:Scopes", "jobs:read, jobs:write"),
            ("Auth:ApiKeys:1:Name", "bot"), ("Auth:ApiKeys:1:Sha256", SessionToken.Hash(OtherKey).ToUpperInvariant()), ("Auth:ApiKeys:1:Scopes", "signals:write"),
            .. settings,
        ],
        FunctionClasses = [typeof(Doors), typeof(OperatorSignInFunctions), typeof(SessionPageFunctions), typeof(UnknownRouteFunctions)],
    });

    private async Task<(string Name, string Value)> ProofOfAsync(string caller) => caller switch
    {
        "trader" => ("Authorization", $"Bearer {await host.SignInAsync(TestHost.Trader)}"),
        "trader cookie" => ("Cookie", $"hyper-trader-session={await host.SignInAsync(TestHost.Trader)}"),
        "developer" => ("Authorization", $"Bearer {await host.SignInDeveloperAsync()}"),
        "developer cookie" => ("Cookie", $"traderhub-developer={await host.SignInDeveloperAsync()}"),
        "both cookies" => ("Cookie", $"hyper-trader-session={await host.SignInAsync(TestHost.Trader)}; traderhub-developer={await host.SignInDeveloperAsync()}"),
        "operator" => ("Authorization", $"Bearer {TestHost.AdminToken}"),
        "operator cookie" => ("Cookie", (await SignInAsync(TestHost.AdminToken)).Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single().Split(';')[0] : "none=1"),
        "forged cookie" => ("Cookie", "traderhub-operator=9999999999.0000000000000000000000000000000000000000000000000000000000000000"),
        "read key" => ("X-API-Key", ReadKey),
        "other key" => ("X-API-Key", OtherKey),
        "wrong key" => ("X-API-Key", "' OR 1=1 --"),
        "wrong token" => ("Authorization", "Bearer wrong"),
        _ => ("X-Nothing", "1"),
    };

    private async Task<HttpResponseMessage> SignInAsync(string token)
    {
        using var browser = new BrowserClient(host);
        return await browser.SubmitAsync("/signin/operator", "/signin/operator", ("token", token));
    }

    private Task<HttpResponseMessage> SendKeyAsync(string key) => host.SendAsync(HttpMethod.Get, "/for-program", null, ("X-API-Key", key));

    public sealed class Doors
    {
        [Function(nameof(ForTrader))]
        [Access(Caller.Trader)]
        public IResult ForTrader([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "for-trader")] HttpRequest request) =>
            Results.Text(request.Trader().ToString());

        [Function(nameof(ForDeveloper))]
        [Access(Caller.Developer)]
        public IResult ForDeveloper([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "for-developer")] HttpRequest request) =>
            Results.Text(request.Developer().ToString(System.Globalization.CultureInfo.InvariantCulture));

        [Function(nameof(ForProgram))]
        [Access(Caller.Program, Scope = Scopes.JobsRead)]
        public IResult ForProgram([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "for-program")] HttpRequest request) =>
            Results.Text(request.Identity().Name);

        [Function(nameof(ForOperator))]
        [Access(Caller.Operator)]
        public IResult ForOperator([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "for-operator")] HttpRequest request) =>
            Results.Text(request.Identity().Name);
    }
}
