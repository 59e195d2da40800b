using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.SignIn;

namespace TraderHub.Data.Upstream.GitHub;

/// <summary>GitHub's OAuth and user API. A code that it does not take is answered with status 200 and an <c>error</c>.</summary>
internal sealed partial class GitHubClient(GitHubTransport transport, GitHubOptions options, ILogger<GitHubClient> logger) : IGitHub
{
    /// <summary>What a browser's sign-in asks for: who it is.</summary>
    private const string Scope = "read:user user:email";

    private const int LongestError = 64;

    private const int LongestToken = 1024;

    public Uri AuthorizeUrl(AuthState state) => new(QueryHelpers.AddQueryString(
        AddressOf(options.OAuthBaseUrl, "login/oauth/authorize").AbsoluteUri,
        new Dictionary<string, string?>
        {
            ["client_id"] = options.ClientId,
            ["redirect_uri"] = state.RedirectUri,
            ["scope"] = Scope,
            ["state"] = state.State,
            ["code_challenge"] = state.CodeChallenge,
            ["code_challenge_method"] = "S256",
        }));

    public Task<Result<string>> ExchangeAsync(GitHubCode code, CancellationToken cancellationToken) =>
        transport.AskAsync("token", () => ExchangeRequest(code), ReadToken, cancellationToken);

    public Task<GitHubProfile> ReadUserAsync(string token, CancellationToken cancellationToken) =>
        transport.AskAsync("user", () => UserRequest(token), ReadUser, cancellationToken);

    private HttpRequestMessage ExchangeRequest(GitHubCode code)
    {
        var fields = new JsonObject { ["client_id"] = options.ClientId, ["client_secret"] = options.ClientSecret, ["code"] = code.Code };
        if (code.RedirectUri is { } redirectUri)
        {
            fields["redirect_uri"] = redirectUri;
        }

        if (code.CodeVerifier is { } verifier)
        {
            fields["code_verifier"] = verifier;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(options.OAuthBaseUrl, "login/oauth/access_token"))
        {
            Content = new StringContent(fields.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    private HttpRequestMessage UserRequest(string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(options.ApiBaseUrl, "user"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github.v3+json"));
        return request;
    }

    private Result<string> ReadToken(HttpStatusCode status, JsonElement answer)
    {
        if (TextOf(answer, "error") is { } error)
        {
            return Refuse(error);
        }

        if (status != HttpStatusCode.OK)
        {
            throw GitHubTransport.OfStatus(status);
        }

        return TextOf(answer, "access_token") is { Length: > 0 and <= LongestToken } token && token.All(character => character is > ' ' and <= '~')
            ? token
            : throw GitHubTransport.NotAsDocumented("without a token and without an error");
    }

    private Error Refuse(string error)
    {
        // GitHub's own words, when they look like them: they are passed on.
        var code = error.Length <= LongestError && error.All(character => char.IsAsciiLetterLower(character) || character == '_') ? error : "unknown";
        LogRefusal(code);
        return new Error(ErrorKind.Invalid, "GITHUB_REFUSED", $"GitHub does not take this code ({code}). A code is good once, for ten minutes; sign in again.")
        {
            Details = new Dictionary<string, string> { ["error"] = code },
        };
    }

    private static GitHubProfile ReadUser(HttpStatusCode status, JsonElement answer)
    {
        if (status != HttpStatusCode.OK)
        {
            throw GitHubTransport.OfStatus(status);
        }

        return answer.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) && number > 0
            && TextOf(answer, "login") is { Length: > 0 } login
            ? new(
                number.ToString(CultureInfo.InvariantCulture),
                login,
                TextOf(answer, "email") is { Length: > 0 } email ? email : null,
                TextOf(answer, "avatar_url") is { } picture && Uri.TryCreate(picture, UriKind.Absolute, out var address)
                    && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address.AbsoluteUri : null)
            : throw GitHubTransport.NotAsDocumented("without a user");
    }

    private static Uri AddressOf(Uri baseUrl, string path) => new($"{baseUrl.AbsoluteUri.TrimEnd('/')}/{path}");

    private static string? TextOf(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub refused a code ({Error}); incorrect_client_credentials means that GitHub:ClientId and GitHub:ClientSecret do not belong together")]
    private partial void LogRefusal(string error);
}
