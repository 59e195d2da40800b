using NodaTime;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>A sign-in with the tokens that were made for it, one after the other (rule G3).</summary>
/// <param name="Id">Its name, in every token of it.</param>
/// <param name="DeveloperId">Who signed in.</param>
/// <param name="CurrentToken">The id of its newest token.</param>
/// <param name="PreviousToken">The id of the token before that; null for the first.</param>
/// <param name="IssuedAt">When the newest token was made.</param>
/// <param name="ExpiresAt">When the sign-in ends, however often it is refreshed.</param>
public sealed record TokenFamily(
    string Id, long DeveloperId, string CurrentToken, string? PreviousToken, Instant IssuedAt, Instant ExpiresAt)
{
    private static readonly Duration Lifetime = Duration.FromDays(7);

    private static readonly Duration TokenLifetime = Duration.FromHours(1);

    /// <summary>How long a token that was exchanged is answered with the same again: its first answer may have been lost.</summary>
    private static readonly Duration Grace = Duration.FromSeconds(30);

    /// <summary>A new sign-in.</summary>
    public static TokenFamily Begin(long developer, Instant now)
    {
        var second = ToSecond(now);
        return new(NewId(), developer, NewId(), null, second, second + Lifetime);
    }

    /// <summary>The name of a token or a family: 128 random bits.</summary>
    public static string NewId() => Guid.NewGuid().ToString("n");

    /// <summary>The newest token.</summary>
    public DeveloperToken ToToken(string gitHubUserId) =>
        new(DeveloperId, gitHubUserId, Id, CurrentToken, IssuedAt, Instant.Min(IssuedAt + TokenLifetime, ExpiresAt));

    /// <summary>Whether the newest token is the answer to another one, which was exchanged for it just now.</summary>
    public bool AnswersAgain(string token, Instant now) => token == PreviousToken && now <= IssuedAt + Grace;

    private static Instant ToSecond(Instant instant) => Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}
