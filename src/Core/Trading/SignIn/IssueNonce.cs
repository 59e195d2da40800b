using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>Asks a wallet to prove that it is one's own: makes the message that it is to sign (rule A3).</summary>
public sealed class IssueNonce(INonceRepository nonces, IWalletSignatures signatures, TimeProvider clock)
{
    /// <summary>A new message for an address.</summary>
    public async Task<SignInMessage> ExecuteAsync(
        WalletAddress address, SignInPurpose purpose, SignInDomain domain, CancellationToken cancellationToken)
    {
        var nonce = SignInNonce.Create(address, purpose, clock.GetInstant());
        await nonces.AddAsync(nonce, cancellationToken);
        return SignInMessage.For(nonce, signatures.ToChecksum(address), domain);
    }
}
