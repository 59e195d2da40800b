using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using TraderHub.LocalHost.Demo;
using TraderHub.LocalHost.Demo.Simulated;

namespace TraderHub.Functions.Tests.Demo;

/// <summary>The demo's GitHub, with the real endpoints before it.</summary>
public sealed class SimulatedGitHubTests : IAsyncLifetime
{
    private SimulatedGitHub gitHub = null!;
    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        gitHub = await SimulatedGitHub.StartAsync(TimeProvider.System, CancellationToken.None);
        host = await TestHost.StartAsync(
            ("GitHub:ClientId", SimulatedGitHub.ClientId), ("GitHub:ClientSecret", SimulatedGitHub.ClientSecret),
            ("GitHub:OAuthBaseUrl", gitHub.Address.ToString()), ("GitHub:ApiBaseUrl", gitHub.Address.ToString()));
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await gitHub.DisposeAsync();
    }

    [Fact]
    public async Task TheDemosDeveloper_SignsInAsAnExtensionWould_AndIsTheSameEachTime()
    {
        var first = await DemoDeveloper.SignInAsync(host.Http.BaseAddress!, gitHub.Address, CancellationToken.None);
        var again = await DemoDeveloper.SignInAsync(host.Http.BaseAddress!, gitHub.Address, CancellationToken.None);

        Assert.Equal("demo-developer", first.Name);
        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Token, again.Token);
        var status = await host.SendAsync(HttpMethod.Get, "/auth/status", null, ("Authorization", $"Bearer {again.Token}"));
        Assert.True((await status.JsonAsync()).GetProperty("authenticated").GetBoolean());
    }

    [Fact]
    public async Task ABrowser_IsSignedInByFollowingTheWay()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host.Http.BaseAddress };

        var home = await browser.GetAsync("/auth/github/login");

        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        Assert.Equal(host.Http.BaseAddress, home.RequestMessage!.RequestUri);
        Assert.Contains("demo-developer", await browser.GetStringAsync("/auth/status"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verifier")]
    [InlineData("secret")]
    [InlineData("redirect")]
    [InlineData("again")]
    public async Task ACode_IsGoodOnceAndForItsClient(string fault)
    {
        const string Back = "http://127.0.0.1:1/back";
        var code = await AskForCodeAsync(Back, challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        var fields = new Dictionary<string, string>
        {
            ["client_id"] = SimulatedGitHub.ClientId,
            ["client_secret"] = fault == "secret" ? "another" : SimulatedGitHub.ClientSecret,
            ["code"] = code,
            ["code_verifier"] = fault == "verifier" ? "another" : "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            ["redirect_uri"] = fault == "redirect" ? "http://127.0.0.1:1/other" : Back,
        };

        var answers = new List<string> { await ExchangeAsync(fields), await ExchangeAsync(fields) };

        Assert.Equal(fault == "again", answers[0].Contains("access_token", StringComparison.Ordinal));
        Assert.StartsWith("""{"error":""", answers[1], StringComparison.Ordinal);
    }

    private static readonly string[] Foreign = ["?client_id=another&redirect_uri=http://127.0.0.1:1/", "?client_id=traderhub-demo", "?client_id=traderhub-demo&redirect_uri=x"];

    [Fact]
    public async Task AClientThatItDoesNotKnow_GetsNoCode()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = gitHub.Address };

        Assert.All(await Task.WhenAll(Foreign.Select(query => http.GetAsync($"/login/oauth/authorize{query}"))), response =>
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode));
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/user")).StatusCode);
    }

    private async Task<string> AskForCodeAsync(string back, string challenge)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = gitHub.Address };
        var response = await http.GetAsync($"/login/oauth/authorize?client_id={SimulatedGitHub.ClientId}&redirect_uri={Uri.EscapeDataString(back)}&state=s&code_challenge={challenge}");
        Assert.StartsWith(back, response.Headers.Location!.ToString(), StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(response.Headers.Location.Query)["code"].ToString();
    }

    private async Task<string> ExchangeAsync(Dictionary<string, string> fields)
    {
        using var http = new HttpClient { BaseAddress = gitHub.Address };
        using var content = new StringContent(System.Text.Json.JsonSerializer.Serialize(fields), System.Text.Encoding.UTF8, "application/json");
        return await (await http.PostAsync("/login/oauth/access_token", content)).Content.ReadAsStringAsync();
    }
}
