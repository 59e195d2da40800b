using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>A developer who has just signed in.</summary>
/// <param name="Developer">Who it is.</param>
/// <param name="Token">The token to send from now on.</param>
/// <param name="ExpiresAt">When the sign-in ends, however often the token is refreshed.</param>
public sealed record DeveloperSession(Developer Developer, string Token, Instant ExpiresAt);

/// <summary>Signs in whoever brings a code of GitHub's.</summary>
public sealed class SignInDeveloper(
    IGitHub gitHub, IDeveloperRepository developers, IGitHubTokens gitHubTokens, ITokenFamilies families, IDeveloperTokens tokens, TimeProvider clock)
{
    /// <summary>The sign-in; the refusal when GitHub does not take the code.</summary>
    /// <exception cref="UpstreamException">GitHub gives no usable answer.</exception>
    public async Task<Result<DeveloperSession>> ExecuteAsync(GitHubCode code, CancellationToken cancellationToken)
    {
        var granted = await gitHub.ExchangeAsync(code, cancellationToken);
        if (granted.Error is { } refusal)
        {
            return refusal;
        }

        var profile = await gitHub.ReadUserAsync(granted.Value, cancellationToken);
        var now = clock.GetInstant();
        var developer = await developers.SaveAsync(profile, now, cancellationToken);

        // Before there is a token of ours, so that none is ever without what refreshing it needs.
        await gitHubTokens.SaveAsync(developer.Id, granted.Value, cancellationToken);
        var family = TokenFamily.Begin(developer.Id, now);
        await families.AddAsync(family, cancellationToken);
        return new DeveloperSession(developer, tokens.Write(family.ToToken(developer.GitHubUserId)), family.ExpiresAt);
    }
}
