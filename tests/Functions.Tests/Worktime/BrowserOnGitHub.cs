using System.Collections.Concurrent;
using Microsoft.AspNetCore.WebUtilities;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>A browser that keeps its cookies and follows no redirect by itself, so that a test sees each step.</summary>
internal sealed class BrowserOnGitHub(GitHubHost host) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Host.Http.BaseAddress };
    private readonly ConcurrentDictionary<string, string> cookies = new();

    /// <summary>Where it was sent last.</summary>
    public Uri? Location { get; private set; }

    /// <summary>The cookies that it was given last.</summary>
    public IReadOnlyList<string> LastCookies { get; private set; } = [];

    /// <summary>What GitHub was given.</summary>
    public string State => QueryHelpers.ParseQuery(Location!.Query)["state"].ToString();

    /// <summary>The token that it has in its cookie.</summary>
    public string Token => cookies.TryGetValue("traderhub-developer", out var token) ? token : string.Empty;

    /// <summary>Goes to the page that sends it to GitHub.</summary>
    public async Task BeginAsync()
    {
        using var response = await SendAsync(HttpMethod.Get, "/auth/github/login");
        Location = response.Headers.Location;
    }

    /// <summary>What GitHub sends it back with when its user agrees.</summary>
    public string Agree()
    {
        var asked = QueryHelpers.ParseQuery(Location!.Query);
        var code = host.GitHub.IssueCode(challenge: asked["code_challenge"], redirectUri: asked["redirect_uri"]);
        return $"code={code}&state={asked["state"]}";
    }

    /// <summary>Comes back from GitHub; the cookie of the sign-in may be one that somebody planted.</summary>
    public Task<HttpResponseMessage> ComeBackAsync(string query, string? cookie = null)
    {
        if (cookie is not null)
        {
            cookies["traderhub-github-state"] = cookie;
        }

        return SendAsync(HttpMethod.Get, $"/auth/github/callback?{query}");
    }

    /// <summary>Begins, agrees and comes back.</summary>
    public async Task SignInAsync()
    {
        await BeginAsync();
        (await ComeBackAsync(Agree())).Dispose();
    }

    public async Task<string> ReadAsync(string path) => await (await SendAsync(HttpMethod.Get, path)).Content.ReadAsStringAsync();

    public Task<HttpResponseMessage> PostAsync(string path, bool isOwnPage) => SendAsync(HttpMethod.Post, path, isOwnPage);

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, bool isOwnPage = false)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (isOwnPage)
        {
            request.Headers.Add("X-Requested-With", "fetch");
        }

        var response = await http.SendAsync(request);
        LastCookies = response.Headers.TryGetValues("Set-Cookie", out var given) ? given.ToList() : [];
        foreach (var pair in LastCookies.Select(cookie => cookie.Split(';')[0].Split('=', 2)))
        {
            cookies[pair[0]] = pair[1];
        }

        return response;
    }
}
