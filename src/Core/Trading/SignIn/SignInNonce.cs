using System.Security.Cryptography;
using NodaTime;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>A number that is used once: it stands for one message, issued to one address for one purpose (rule A3).</summary>
/// <param name="Value">The number itself, in letters and digits.</param>
/// <param name="Address">Who may sign the message.</param>
/// <param name="Purpose">What the signature is for.</param>
/// <param name="IssuedAt">When it was issued, in whole seconds, as the message has it.</param>
/// <param name="ExpiresAt">When it is no longer good.</param>
public sealed record SignInNonce(string Value, WalletAddress Address, SignInPurpose Purpose, Instant IssuedAt, Instant ExpiresAt)
{
    private const int HexDigits = 32;

    private static readonly Duration Lifetime = Duration.FromMinutes(5);

    /// <summary>A new one: 128 random bits.</summary>
    public static SignInNonce Create(WalletAddress address, SignInPurpose purpose, Instant now)
    {
        var issuedAt = Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return new(RandomNumberGenerator.GetHexString(HexDigits, lowercase: true), address, purpose, issuedAt, issuedAt + Lifetime);
    }
}
