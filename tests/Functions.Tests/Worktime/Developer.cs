using System.Net;
using System.Text.Json;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>A signed-in developer of a host, and what one does.</summary>
internal sealed class Developer(TestHost host, string token)
{
    private readonly (string, string) authorization = ("Authorization", $"Bearer {token}");

    public static async Task<Developer> SignInAsync(TestHost host, long gitHubUserId = 583231) => new(host, await host.SignInDeveloperAsync(gitHubUserId));

    public Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, params (string, string)[] headers) =>
        host.SendAsync(new HttpMethod(method), path, body, [authorization, .. headers]);

    /// <summary>The answer to a request that must have a status.</summary>
    public async Task<JsonElement> JsonAsync(HttpStatusCode status, string method, string path, string? body = null)
    {
        var response = await SendAsync(method, path, body);
        Assert.True(status == response.StatusCode, $"{method} {path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }

    public Task<JsonElement> GetAsync(string path) => JsonAsync(HttpStatusCode.OK, "GET", path);

    /// <summary>The code of a refusal that must have a status.</summary>
    public async Task<string> RefusalAsync(HttpStatusCode status, string method, string path, string? body = null)
    {
        var response = await SendAsync(method, path, body);
        Assert.Equal(status, response.StatusCode);
        return await response.ProblemCodeAsync();
    }

    /// <summary>The fields that a request is refused for.</summary>
    public async Task<IEnumerable<string>> WrongFieldsAsync(string method, string path, string? body = null)
    {
        var problem = await JsonAsync(HttpStatusCode.BadRequest, method, path, body);
        return problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(field => field.Name) : [problem.GetProperty("code").GetString()!];
    }

    /// <summary>Starts a session; its id is returned.</summary>
    public async Task<long> StartAsync(long number = 7, string more = "")
    {
        var response = await SendAsync("POST", "/api/time-sessions/start", $$"""{"repo_owner":"octo","repo_name":"hub","pr_number":{{number}}{{more}}}""");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).GetProperty("session_id").GetInt64();
    }

    public Task<JsonElement> EndAsync(long id, string body = "{}") => JsonAsync(HttpStatusCode.OK, "PATCH", $"/api/time-sessions/{id}/end", body);

    /// <summary>A host on Saturday, 21 November 2026, at 09:40 UTC.</summary>
    public static Task<TestHost> HostAsync(params (string Key, string Value)[] settings) =>
        TestHost.StartAsync(new TestHostOptions { Clock = new ManualClock("2026-11-21T09:40:00Z"), Settings = settings });
}
