using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>Begins a sign-in in a browser (rule G4).</summary>
public sealed class BeginGitHubSignIn(IAuthStates states, IGitHub gitHub, TimeProvider clock)
{
    /// <summary>How long GitHub's answer may take: its user may have to sign in there first.</summary>
    public static Duration Lifetime { get; } = Duration.FromMinutes(10);

    /// <summary>The new sign-in, and where the browser goes with it.</summary>
    public async Task<(AuthState State, Uri Address)> ExecuteAsync(string redirectUri, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var state = new AuthState(SessionToken.Create(), SessionToken.Create(), redirectUri, now + Lifetime);
        await states.AddAsync(state, now, cancellationToken);
        return (state, gitHub.AuthorizeUrl(state));
    }
}
