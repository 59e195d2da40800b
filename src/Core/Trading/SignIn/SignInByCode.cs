using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>Begins a session for whoever brings a code that is still good (rule A12).</summary>
public sealed class SignInByCode(ISignInCodeRepository codes, BeginSession beginSession, TimeProvider clock)
{
    /// <summary>A session for the trader whom the code was made for; the code is used up.</summary>
    public async Task<Result<Session>> ExecuteAsync(string code, CancellationToken cancellationToken)
    {
        var trader = await codes.TryUseAsync(SessionToken.Hash(code), clock.GetInstant(), cancellationToken);
        return trader is { } found
            ? await beginSession.ExecuteAsync(found, cancellationToken)
            : new Error(ErrorKind.Unauthenticated, "CODE_NOT_VALID", "This link signs in once, within a minute. It was used, or it is too old; ask for another.");
    }
}
