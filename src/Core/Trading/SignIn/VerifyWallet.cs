using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>
/// Decides whether a signed message proves that the caller has a wallet's key, for one purpose (rules A3, A4). What can be seen from the message
/// and its signature comes first; only a proof that is whole uses its nonce up, so that nobody can spend another's.
/// </summary>
public sealed class VerifyWallet(INonceRepository nonces, IWalletSignatures signatures, TimeProvider clock)
{
    /// <summary>How far the clocks of two instances may be apart.</summary>
    private static readonly Duration ClockTolerance = Duration.FromMinutes(1);

    /// <summary>The address that the proof is for.</summary>
    public async Task<Result<WalletAddress>> ExecuteAsync(
        string message, string signature, SignInPurpose purpose, SignInDomain domain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        ArgumentNullException.ThrowIfNull(domain);
        if (SignInMessage.Parse(message) is not { } parsed || !WalletAddress.TryParse(parsed.Address, out var address))
        {
            return NotOurs("The message is not in the form in which it was issued.");
        }

        var now = clock.GetInstant();
        if (FindFault(parsed, address, purpose, domain, now) is { } fault)
        {
            return fault;
        }

        if (signatures.Recover(message, signature) != address)
        {
            return Refused(
                "SIGNATURE_NOT_VALID",
                "The signature is not one that the key of the message's address made of this message with personal_sign. "
                + "It is '0x' and 65 bytes in hexadecimal, v being 27 or 28. Contract wallets (EIP-1271, EIP-6492), whose signatures have other lengths, are not supported.");
        }

        var nonce = new SignInNonce(parsed.Nonce, address, purpose, parsed.IssuedAt, parsed.ExpiresAt);
        return await nonces.TryUseAsync(nonce, now, cancellationToken)
            ? address
            : Refused("NONCE_NOT_VALID", "The message was used already, or it was not issued here for this address. Ask for a new one.");
    }

    private Error? FindFault(SignInMessage message, WalletAddress address, SignInPurpose purpose, SignInDomain domain, Instant now)
    {
        if (message.Domain != domain.Name || message.Uri != domain.Address)
        {
            return Refused("WRONG_DOMAIN", $"The message was made for another site; here it says '{domain.Name}'. Sign only what names the site that you are on.");
        }

        if (message.ChainId != SignInMessage.MainNetwork)
        {
            return Refused("WRONG_CHAIN", $"The message must name chain {SignInMessage.MainNetwork}, Ethereum's main network.");
        }

        if (message.Statement != purpose.Statement)
        {
            return SignInPurpose.All.Any(other => other.Statement == message.Statement)
                ? Refused("WRONG_PURPOSE", $"The message was signed for something else. Ask for one with the purpose '{purpose.Name}'.")
                : NotOurs("The message says something that it did not say when it was issued.");
        }

        if (message.Address != signatures.ToChecksum(address))
        {
            return NotOurs("The message's address is not written with its checksum (EIP-55).");
        }

        if (message.IssuedAt > now + ClockTolerance)
        {
            return NotOurs("The message was issued in the future.");
        }

        return message.ExpiresAt <= now
            ? Refused("MESSAGE_EXPIRED", "The message has expired. Ask for a new one, and sign it within five minutes.")
            : null;
    }

    private static Error NotOurs(string what) =>
        new(ErrorKind.Invalid, "MESSAGE_NOT_VALID", $"{what} Send it back exactly as it was issued, line ends and all.");

    private static Error Refused(string code, string detail) => new(ErrorKind.Unauthenticated, code, detail);
}
