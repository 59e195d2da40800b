using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>Finishes a sign-in that a browser has begun, with the code that GitHub sent it back with (rule G4).</summary>
public sealed class FinishGitHubSignIn(IAuthStates states, SignInDeveloper signInDeveloper, TimeProvider clock)
{
    private static readonly Error StateNotValid = new(
        ErrorKind.Invalid,
        "STATE_NOT_VALID",
        "This sign-in was not begun in this browser, was finished already, or took longer than ten minutes. Begin again at /auth/github/login.");

    /// <summary>The sign-in of the code's user. The state is used up, whatever becomes of the code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="state">What came back from GitHub.</param>
    /// <param name="browsersState">What the browser has been given; a state that others planted is not the same.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<Result<DeveloperSession>> ExecuteAsync(string code, string state, string? browsersState, CancellationToken cancellationToken)
    {
        if (state != browsersState || await states.TryUseAsync(state, clock.GetInstant(), cancellationToken) is not { } begun)
        {
            return StateNotValid;
        }

        return await signInDeveloper.ExecuteAsync(new(code, begun.CodeVerifier, begun.RedirectUri), cancellationToken);
    }
}
