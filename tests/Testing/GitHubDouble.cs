using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TraderHub.Testing;

/// <summary>A real HTTP server in the place of GitHub: codes are good once and with their verifier, tokens name their user; or it answers as a test says.</summary>
public sealed class GitHubDouble : IAsyncDisposable
{
    public const string ClientId = "client-of-this-test";

    public const string ClientSecret = "secret-of-this-tests-client";

    public const string WebhookSecret = "secret-of-this-tests-webhook";

    private const string ExchangePath = "/login/oauth/access_token";

    private const string UserPath = "/user";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Grant> codes = new();
    private readonly ConcurrentDictionary<string, string> users = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new();

    private GitHubDouble(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>The settings that make a host ask this one.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("GitHub:ClientId", ClientId), ("GitHub:ClientSecret", ClientSecret), ("GitHub:WebhookSecret", WebhookSecret),
        ("GitHub:OAuthBaseUrl", Address.ToString()), ("GitHub:ApiBaseUrl", Address.ToString()),
    ];

    /// <summary>The bodies of the exchanges that were asked for.</summary>
    public ConcurrentQueue<JsonObject> Exchanges { get; } = new();

    /// <summary>The tokens that were given out.</summary>
    public IEnumerable<string> Tokens => users.Keys;

    public static async Task<GitHubDouble> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var gitHub = new GitHubDouble(builder.Build());
        gitHub.app.Run(gitHub.AnswerAsync);
        await gitHub.app.StartAsync();
        return gitHub;
    }

    /// <summary>A code for a user, as GitHub gives one when its user agrees.</summary>
    public string IssueCode(long userId = 583231, string login = "octocat", string? challenge = null, string? redirectUri = null, string? email = "octocat@example.com")
    {
        var code = RandomNumberGenerator.GetHexString(20, lowercase: true);
        var user = new JsonObject
        {
            ["id"] = userId,
            ["login"] = login,
            ["avatar_url"] = $"https://avatars.example.com/u/{userId}",
            ["email"] = email,
            ["type"] = "User",
        };
        codes[code] = new(user.ToJsonString(), challenge, redirectUri);
        return code;
    }

    /// <summary>Answers exchanges as the test likes.</summary>
    public void AnswerExchange(Func<HttpContext, Task> answer) => answers[ExchangePath] = answer;

    /// <summary>Answers questions for users as the test likes.</summary>
    public void AnswerUser(Func<HttpContext, Task> answer) => answers[UserPath] = answer;

    /// <summary>Answers with anything.</summary>
    public static Func<HttpContext, Task> With(int status, string contentType, string body) => async http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        await http.Response.WriteAsync(body);
    };

    /// <summary>Announces a whole body, sends half of it, and hangs up.</summary>
    public static Func<HttpContext, Task> WithHalf(string body) => async http =>
    {
        http.Response.ContentLength = Encoding.UTF8.GetByteCount(body);
        await http.Response.WriteAsync(body[..(body.Length / 2)]);
        await http.Response.Body.FlushAsync();
    };

    /// <summary>Never answers, until the caller hangs up.</summary>
    public static async Task Never(HttpContext http)
    {
        var hungUp = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    }

    /// <summary>What GitHub is told of a verifier (S256).</summary>
    public static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        var body = path == ExchangePath ? await JsonNode.ParseAsync(http.Request.Body) as JsonObject : null;
        if (body is not null)
        {
            Exchanges.Enqueue(body);
        }

        var answer = answers.TryGetValue(path, out var chosen) ? chosen : With(200, "application/json", path == UserPath ? UserOf(http) : Exchange(body!));
        await answer(http);
    }

    private string UserOf(HttpContext http) =>
        http.Request.Headers.UserAgent.Count > 0 && users.TryGetValue(http.Request.Headers.Authorization.ToString()["Bearer ".Length..], out var user)
            ? user
            : """{"message":"Bad credentials"}""";

    private string Exchange(JsonObject asked)
    {
        if ((string?)asked["client_id"] != ClientId || (string?)asked["client_secret"] != ClientSecret)
        {
            return """{"error":"incorrect_client_credentials"}""";
        }

        var isGood = codes.TryRemove((string)asked["code"]!, out var grant)
            && (grant.Challenge is null || ((string?)asked["code_verifier"] is { } verifier && ChallengeOf(verifier) == grant.Challenge));
        if (!isGood)
        {
            return """{"error":"bad_verification_code","error_description":"The code passed is incorrect or expired.","error_uri":"https://docs.example.com"}""";
        }

        if (grant!.RedirectUri is { } redirectUri && (string?)asked["redirect_uri"] != redirectUri)
        {
            return """{"error":"redirect_uri_mismatch"}""";
        }

        var token = $"gho_{RandomNumberGenerator.GetHexString(36)}";
        users[token] = grant.User;
        return $$"""{"access_token":"{{token}}","scope":"read:user,user:email","token_type":"bearer"}""";
    }

    private sealed record Grant(string User, string? Challenge, string? RedirectUri);
}
