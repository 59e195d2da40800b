using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>
/// Finds out whose token it is. The text proves itself; that its sign-in has not ended meanwhile is asked of the store each time, by its primary key, so that
/// signing out and a theft that was noticed count at once (rule G2).
/// </summary>
public sealed class IdentifyDeveloper(IDeveloperTokens tokens, ITokenFamilies families, TimeProvider clock)
{
    /// <summary>What the token says; the refusal when it is not accepted.</summary>
    /// <param name="text">The token.</param>
    /// <param name="allowsExpired">Whether its hour may be over, as long as its sign-in is not.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Result<DeveloperToken>> ExecuteAsync(string text, bool allowsExpired, CancellationToken cancellationToken)
    {
        if (await tokens.ReadAsync(text) is not { } token)
        {
            return SignInErrors.NotValid;
        }

        var now = clock.GetInstant();
        if (!allowsExpired && token.ExpiresAt <= now)
        {
            return SignInErrors.Expired;
        }

        var family = await families.FindAsync(token.Family, now, cancellationToken);
        return family?.DeveloperId == token.DeveloperId ? token : SignInErrors.Ended;
    }
}
