using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.KeyValue;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>A host whose developers sign in with a double of GitHub.</summary>
internal sealed class GitHubHost : IAsyncDisposable
{
    private GitHubHost(TestHost host, GitHubDouble gitHub)
    {
        Host = host;
        GitHub = gitHub;
    }

    public TestHost Host { get; }

    public GitHubDouble GitHub { get; }

    public IKeyValueStore Keys => Host.Services.GetRequiredService<IKeyValueStore>();

    public static async Task<GitHubHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var gitHub = await GitHubDouble.StartAsync();
        return new(await TestHost.StartAsync([.. gitHub.Settings.ExceptBy(settings.Select(own => own.Key), given => given.Key), .. settings]), gitHub);
    }

    /// <summary>Signs in as the extension does; the token is returned.</summary>
    public async Task<string> SignInAsync(long userId = 583231)
    {
        var response = await ExchangeAsync(GitHub.IssueCode(userId));
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return (await response.JsonAsync()).GetProperty("token").GetString()!;
    }

    /// <summary>Sends a code as the extension does.</summary>
    public Task<HttpResponseMessage> ExchangeAsync(string code, string? codeVerifier = null, string? redirectUri = null) => Host.SendAsync(
        HttpMethod.Post,
        "/auth/github/callback",
        JsonSerializer.Serialize(new Dictionary<string, string?> { ["code"] = code, ["codeVerifier"] = codeVerifier, ["redirectUri"] = redirectUri }
            .Where(field => field.Value is not null).ToDictionary()));

    public Task<HttpResponseMessage> RefreshAsync(string token) =>
        Host.SendAsync(HttpMethod.Post, "/auth/refresh", null, ("Authorization", $"Bearer {token}"));

    public Task<HttpResponseMessage> SignOutAsync(string token) =>
        Host.SendAsync(HttpMethod.Post, "/auth/logout", null, ("Authorization", $"Bearer {token}"));

    public Task<HttpResponseMessage> GetStatusAsync(string token) =>
        Host.SendAsync(HttpMethod.Get, "/auth/status", null, ("Authorization", $"Bearer {token}"));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await GitHub.DisposeAsync();
    }
}
