using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>
/// A real HTTP server in the shape of GitHub's sign-in and user API, with one application and one user, who always agrees. Codes are good once, for ten
/// minutes, and with the verifier of their challenge.
/// </summary>
internal sealed class SimulatedGitHub : IAsyncDisposable
{
    /// <summary>The application's name.</summary>
    public const string ClientId = "traderhub-demo";

    /// <summary>The application's secret; it opens nothing but this simulation.</summary>
    public const string ClientSecret = "traderhub-demo-secret";

    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    private static readonly JsonObject User = new()
    {
        ["id"] = 9_000_001,
        ["login"] = "demo-developer",
        ["avatar_url"] = null,
        ["email"] = "demo-developer@example.com",
        ["type"] = "User",
    };

    private readonly WebApplication app;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, Grant> codes = new();
    private readonly ConcurrentDictionary<string, bool> tokens = new();

    private SimulatedGitHub(WebApplication app, TimeProvider clock)
    {
        this.app = app;
        this.clock = clock;
    }

    /// <summary>Where it listens: a free port of this machine.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>Starts a server.</summary>
    public static async Task<SimulatedGitHub> StartAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var gitHub = new SimulatedGitHub(builder.Build(), clock);
        gitHub.app.Run(gitHub.AnswerAsync);
        await gitHub.app.StartAsync(cancellationToken);
        return gitHub;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext http) => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("GET", "/login/oauth/authorize") => Authorize(http),
        ("POST", "/login/oauth/access_token") => ExchangeAsync(http),
        ("GET", "/user") => tokens.ContainsKey(http.Request.Headers.Authorization.ToString())
            ? SendAsync(http, User)
            : SendAsync(http, new JsonObject { ["message"] = "Bad credentials" }, StatusCodes.Status401Unauthorized),
        _ => SendAsync(http, new JsonObject { ["message"] = "Not Found" }, StatusCodes.Status404NotFound),
    };

    /// <summary>The page where a user agrees; this one has agreed already, and the browser is sent back with a code.</summary>
    private Task Authorize(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["client_id"] != ClientId || !Uri.TryCreate(query["redirect_uri"], UriKind.Absolute, out var back))
        {
            return SendAsync(http, new JsonObject { ["message"] = "Not Found" }, StatusCodes.Status404NotFound);
        }

        var code = RandomNumberGenerator.GetHexString(20, lowercase: true);
        codes[code] = new(query["code_challenge"].ToString(), back.ToString(), clock.GetUtcNow() + CodeLifetime);
        http.Response.Redirect(QueryHelpers.AddQueryString(back.ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
        return Task.CompletedTask;
    }

    private async Task ExchangeAsync(HttpContext http)
    {
        JsonObject? asked;
        try
        {
            asked = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            asked = null;
        }

        // Refusals have status 200 there.
        await SendAsync(http, asked is null ? Refuse("bad_verification_code") : Exchange(asked));
    }

    private JsonObject Exchange(JsonObject asked)
    {
        if (TextOf(asked, "client_id") != ClientId || TextOf(asked, "client_secret") != ClientSecret)
        {
            return Refuse("incorrect_client_credentials");
        }

        if (!codes.TryRemove(TextOf(asked, "code"), out var grant) || grant.ExpiresAt <= clock.GetUtcNow()
            || (grant.Challenge.Length > 0 && ChallengeOf(TextOf(asked, "code_verifier")) != grant.Challenge))
        {
            return Refuse("bad_verification_code");
        }

        if (TextOf(asked, "redirect_uri") is { Length: > 0 } address && address != grant.RedirectUri)
        {
            return Refuse("redirect_uri_mismatch");
        }

        var token = $"gho_{RandomNumberGenerator.GetHexString(36)}";
        tokens[$"Bearer {token}"] = true;
        return new JsonObject { ["access_token"] = token, ["scope"] = "read:user,user:email", ["token_type"] = "bearer" };
    }

    private static JsonObject Refuse(string error) => new() { ["error"] = error };

    private static string TextOf(JsonObject asked, string name) => asked[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : string.Empty;

    private static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)));

    private static Task SendAsync(HttpContext http, JsonObject answer, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }

    private sealed record Grant(string Challenge, string RedirectUri, DateTimeOffset ExpiresAt);
}
