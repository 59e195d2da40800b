using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>A token that was exchanged for another one.</summary>
/// <param name="Token">The other one.</param>
/// <param name="ExpiresAt">When the sign-in ends, however often the token is refreshed.</param>
public sealed record RefreshedToken(string Token, Instant ExpiresAt);

/// <summary>Exchanges a developer's token, expired or not, for the next one (rule G3).</summary>
public sealed class RefreshDeveloperToken(
    ITokenFamilies families, IGitHubTokens gitHubTokens, IDeveloperTokens tokens, SignOutDeveloper signOut, TimeProvider clock)
{
    /// <summary>The next token. The same again for one whose answer may have been lost; for one that was used long ago, the end of the sign-in.</summary>
    public async Task<Result<RefreshedToken>> ExecuteAsync(DeveloperToken token, CancellationToken cancellationToken)
    {
        if (await gitHubTokens.FindAsync(token.DeveloperId, cancellationToken) is null)
        {
            return SignInErrors.Ended;
        }

        var now = clock.GetInstant();
        if (await families.TryRotateAsync(token.Family, token.Id, TokenFamily.NewId(), now, cancellationToken) is { } rotated)
        {
            return Answer(rotated, token);
        }

        var family = await families.FindAsync(token.Family, now, cancellationToken);
        if (family is null)
        {
            return SignInErrors.Ended;
        }

        if (family.AnswersAgain(token.Id, now))
        {
            return Answer(family, token);
        }

        await signOut.ExecuteAsync(token, cancellationToken);
        return SignInErrors.Reused;
    }

    private RefreshedToken Answer(TokenFamily family, DeveloperToken token) => new(tokens.Write(family.ToToken(token.GitHubUserId)), family.ExpiresAt);
}
