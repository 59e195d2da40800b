using System.Text.Json.Serialization;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.SignIn;

namespace TraderHub.Functions.Worktime;

/// <summary>The body of <c>POST /auth/github/callback</c>.</summary>
public sealed record GitHubSignIn
{
    /// <summary>The code that GitHub gave.</summary>
    public required string Code { get; init; }

    /// <summary>The secret behind the challenge that the code was asked for with (PKCE, S256): 43 to 128 characters.</summary>
    [JsonPropertyName("codeVerifier")]
    public string? CodeVerifier { get; init; }

    /// <summary>Where GitHub sent the code: this site, or a page or extension of an allowed origin.</summary>
    [JsonPropertyName("redirectUri")]
    public string? RedirectUri { get; init; }
}

/// <summary>The answer of <c>POST /auth/github/callback</c>.</summary>
/// <param name="Token">What to send as <c>Authorization: Bearer</c>, for an hour.</param>
/// <param name="User">Who has signed in.</param>
public sealed record GitHubSignInAnswer(string Token, DeveloperAnswer User)
{
    /// <summary>The answer for a sign-in.</summary>
    public static GitHubSignInAnswer From(DeveloperSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(session.Token, DeveloperAnswer.From(session.Developer));
    }
}

/// <summary>A developer.</summary>
/// <param name="UserId">The developer's number here.</param>
/// <param name="GithubUsername">The name at GitHub.</param>
/// <param name="GithubAvatarUrl">The picture at GitHub.</param>
/// <param name="Email">The public e-mail address at GitHub; null when there is none.</param>
public sealed record DeveloperAnswer(long UserId, string GithubUsername, string? GithubAvatarUrl, string? Email)
{
    /// <summary>The answer for a developer.</summary>
    public static DeveloperAnswer From(Developer developer)
    {
        ArgumentNullException.ThrowIfNull(developer);
        return new(developer.Id, developer.Username, developer.AvatarUrl, developer.Email);
    }
}

/// <summary>The answer of <c>POST /auth/refresh</c>.</summary>
/// <param name="Token">The next token.</param>
public sealed record TokenAnswer(string Token);

/// <summary>The answer of <c>GET /auth/status</c>.</summary>
/// <param name="Authenticated">Whether a developer has signed in.</param>
/// <param name="User">Who; null for nobody.</param>
/// <param name="ExpiresAt">When the token has to be refreshed; null for nobody.</param>
public sealed record DeveloperStatus(bool Authenticated, DeveloperAnswer? User, string? ExpiresAt)
{
    /// <summary>Nobody has.</summary>
    public static DeveloperStatus Nobody { get; } = new(Authenticated: false, User: null, ExpiresAt: null);

    /// <summary>The answer for a developer with a token.</summary>
    public static DeveloperStatus From(Developer developer, DeveloperToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new(Authenticated: true, DeveloperAnswer.From(developer), token.ExpiresAt.ToIso());
    }
}

/// <summary>The answer of <c>POST /api/webhooks/github</c>.</summary>
/// <param name="Status"><c>done</c>, <c>repeated</c> for a delivery that was done before, <c>pong</c>, or <c>ignored</c>.</param>
/// <param name="SessionsEnded">How many reviews ended.</param>
public sealed record DeliveryAnswer(string Status, int SessionsEnded = 0);

/// <summary>Reads and writes what developers sign in with, and what GitHub is told.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GitHubSignIn))]
[JsonSerializable(typeof(GitHubSignInAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(DeveloperStatus))]
[JsonSerializable(typeof(DeliveryAnswer))]
internal sealed partial class DeveloperSignInJson : JsonSerializerContext;
