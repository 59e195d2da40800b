using System.Net;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Tests.Trading;

public sealed class SignInOptionsTests
{
    private const string Question = """{"address":"0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"}""";

    [Fact]
    public async Task WithADomain_TheMessageNamesIt_WhateverTheRequestSays()
    {
        await using var host = await TestHost.StartAsync(("Auth:Domain", "Hub.example.com"));

        var response = await host.SendAsync(HttpMethod.Post, "/api/auth/nonce", Question, ("Host", "evil.example"));

        var message = (await response.JsonAsync()).GetProperty("message").GetString();
        Assert.StartsWith("hub.example.com wants you to sign in", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithADomain_TheCookieIsSecure()
    {
        await using var host = await TestHost.StartAsync(("Auth:Domain", "hub.example.com"));
        var trader = new WalletClient(host, key: 1);

        var response = await trader.SignAndSendAsync(await trader.AskForMessageAsync());

        Assert.EndsWith("; max-age=2592000; path=/; secure; samesite=lax; httponly", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub.example.com")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.7:7071")]
    public async Task WithoutADomain_OnlyLoopbackNamesAreTakenFromTheRequest(string name)
    {
        await using var host = await TestHost.StartAsync();

        var nonce = await host.SendAsync(HttpMethod.Post, "/api/auth/nonce", Question, ("Host", name));
        var login = await host.SendAsync(HttpMethod.Post, "/api/auth/login", """{"message":"","signature":""}""", ("Host", name));

        Assert.Equal(HttpStatusCode.Forbidden, nonce.StatusCode);
        Assert.Equal("DOMAIN_NOT_SET", await nonce.ProblemCodeAsync());
        Assert.Equal("DOMAIN_NOT_SET", await login.ProblemCodeAsync());
        Assert.Contains("Auth:Domain", (await nonce.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://hub.example.com")]
    [InlineData("hub.example.com/path")]
    public async Task ADomainThatIsNone_IsNamedAtStart(string domain)
    {
        var exception = await Assert.ThrowsAsync<InvalidSettingsException>(() => TestHost.StartAsync(("Auth:Domain", domain)));

        Assert.StartsWith($"Auth:Domain is '{domain}'", Assert.Single(exception.Problems), StringComparison.Ordinal);
    }
}
