using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>Ends a sign-in before its time (rule G2). GitHub's token is forgotten with the last of the developer's (rule G5).</summary>
public sealed class SignOutDeveloper(ITokenFamilies families, IGitHubTokens gitHubTokens, TimeProvider clock)
{
    /// <summary>Ends the sign-in that a token goes back to.</summary>
    public async Task ExecuteAsync(DeveloperToken token, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        await families.RevokeAsync(token.Family, now, cancellationToken);
        if (!await families.HasAnyAsync(token.DeveloperId, now, cancellationToken))
        {
            await gitHubTokens.RemoveAsync(token.DeveloperId, cancellationToken);
        }
    }
}
