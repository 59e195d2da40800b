using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>Begins a session for whoever proves to have the key of a wallet (rule A7).</summary>
public sealed class SignInTrader(VerifyWallet verifyWallet, BeginSession beginSession)
{
    /// <summary>A session for the signer of a message.</summary>
    public async Task<Result<Session>> ExecuteAsync(
        string message, string signature, SignInDomain domain, CancellationToken cancellationToken)
    {
        var trader = await verifyWallet.ExecuteAsync(message, signature, SignInPurpose.Login, domain, cancellationToken);
        return trader.Error is { } refusal ? refusal : await beginSession.ExecuteAsync(trader.Value, cancellationToken);
    }
}
