using System.Net;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Http;

public sealed class SessionCookieTests : IAsyncLifetime
{
    private TestHost host = null!;
    private string cookie = null!;
    private string bearer = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync();
        var token = await host.SignInAsync(TestHost.Trader);
        cookie = $"hyper-trader-session={token}";
        bearer = $"Bearer {token}";
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task AChange_WithTheCookieAlone_Is403AndNotDone()
    {
        var response = await SignOutAsync(("Cookie", cookie));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("CSRF_HEADER_REQUIRED", await response.ProblemCodeAsync());
        Assert.Contains(SessionCookie.OwnPageHeader, (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal([1L], host.Query<long>("SELECT COUNT(*) FROM user_sessions"));
    }

    [Fact]
    public async Task AChange_WithTheCookieAndAnAuthorizationOfAnotherKind_Is403() =>
        Assert.Equal("CSRF_HEADER_REQUIRED", await (await SignOutAsync(("Cookie", cookie), ("Authorization", "Basic dXNlcjpwYXNz"))).ProblemCodeAsync());

    [Fact]
    public async Task AChange_WithTheCookieAndTheHeader_IsDone() =>
        Assert.Equal(HttpStatusCode.NoContent, (await SignOutAsync(("Cookie", cookie), ("X-Requested-With", "fetch"))).StatusCode);

    [Fact]
    public async Task AChange_WithTheTokenInTheAuthorization_IsDone() =>
        Assert.Equal(HttpStatusCode.NoContent, (await SignOutAsync(("Cookie", cookie), ("Authorization", bearer))).StatusCode);

    [Fact]
    public async Task AChange_WithNeither_Is401() => Assert.Equal("AUTHENTICATION_REQUIRED", await (await SignOutAsync()).ProblemCodeAsync());

    [Fact]
    public async Task AReading_WithTheCookieAlone_IsDone()
    {
        var response = await host.SendAsync(HttpMethod.Get, "/api/balance", null, ("Cookie", cookie));

        // The exchange is not there; the caller was let through to ask it.
        Assert.Equal("UPSTREAM_UNAVAILABLE", await response.ProblemCodeAsync());
    }

    private Task<HttpResponseMessage> SignOutAsync(params (string Name, string Value)[] headers) =>
        host.SendAsync(HttpMethod.Post, "/api/auth/logout", null, headers);
}
