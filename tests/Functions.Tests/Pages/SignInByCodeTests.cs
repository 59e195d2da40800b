using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Functions.Tests.Http;

namespace TraderHub.Functions.Tests.Pages;

public sealed class SignInByCodeTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() =>
        host = await TestHost.StartAsync(new TestHostOptions { ConfigureServices = services => services.AddSingleton<IssueSignInCode>() });

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task ACode_SignsABrowserInOnce()
    {
        var link = await IssueAsync();
        using var browser = new BrowserClient(host);

        var response = await browser.GetAsync(link);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/", response.Headers.Location!.ToString());
        Assert.Contains("Sign out", await browser.ReadAsync("/"), StringComparison.Ordinal);
        var again = await browser.GetAsync(link);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Contains("within a minute", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACode_OfManyAtOnce_SignsOneIn()
    {
        var link = await IssueAsync();
        var browsers = Enumerable.Range(0, 8).Select(_ => new BrowserClient(host)).ToList();

        var answers = await Task.WhenAll(browsers.Select(browser => browser.GetAsync(link)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal([1L], host.Query<long>("SELECT COUNT(*) FROM user_sessions"));
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task ACode_AfterAMinute_IsWorthNothing()
    {
        var link = await IssueAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("CODE_NOT_VALID", await (await host.Http.GetAsync(link)).ProblemCodeAsync());
    }

    [Fact]
    public async Task ACode_IsNotUsedUpByThoseWhoOnlyLook()
    {
        var link = await IssueAsync();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await host.SendAsync(HttpMethod.Head, link)).StatusCode);
        var ahead = await host.SendAsync(HttpMethod.Get, link, null, ("Sec-Purpose", "prefetch;prerender"));
        Assert.Equal(HttpStatusCode.NoContent, ahead.StatusCode);
        Assert.False(ahead.Headers.Contains("Set-Cookie"));

        using var browser = new BrowserClient(host);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task TheStore_HasOnlyTheHashOfACode_AndTheAuditNone()
    {
        var code = (await IssueAsync()).Split('/')[^1];

        Assert.Equal([SessionToken.Hash(code)], host.Query<string>("SELECT id FROM sign_in_codes"));
        await host.Http.GetAsync($"/signin/code/{SessionToken.Hash(code)}");
        Assert.Equal(["unknown CODE_NOT_VALID"], host.Query<string>("SELECT actor || ' ' || outcome || COALESCE(detail, '') FROM audit_log"));
    }

    [Fact]
    public async Task Guesses_AreCountedByWhereTheyComeFrom()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("CODE_NOT_VALID", await (await host.Http.GetAsync($"/signin/code/guess{i}")).ProblemCodeAsync());
        }

        Assert.Equal("TOO_MANY_ATTEMPTS", await (await host.Http.GetAsync("/signin/code/guess10")).ProblemCodeAsync());
        using var browser = new BrowserClient(host);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync(await IssueAsync())).StatusCode);
    }

    [Fact]
    public async Task ACode_IsInNoLog_AlsoWhereItWasNotUsed()
    {
        var link = await IssueAsync();

        await host.SendAsync(HttpMethod.Delete, link);
        await host.Http.GetAsync(link);

        Assert.DoesNotContain(host.Log.Lines, line => line.Contains(link["/signin/code/".Length..], StringComparison.Ordinal));
    }

    private async Task<string> IssueAsync() =>
        $"/signin/code/{await host.Services.GetRequiredService<IssueSignInCode>().ExecuteAsync(TestHost.Trader, CancellationToken.None)}";
}
