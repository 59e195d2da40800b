using System.Security.Cryptography;
using System.Text;

namespace TraderHub.Functions.Worktime;

/// <summary>GitHub's signature of a delivery: HMAC-SHA-256 of the bytes as they came.</summary>
internal static class GitHubSignature
{
    /// <summary>Where it stands.</summary>
    public const string Header = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    /// <summary>Whether a text is in the form of a signature.</summary>
    public static bool IsWellFormed(string signature) =>
        signature.Length == Prefix.Length + (2 * HMACSHA256.HashSizeInBytes)
        && signature.StartsWith(Prefix, StringComparison.Ordinal)
        && signature.Skip(Prefix.Length).All(char.IsAsciiHexDigit);

    /// <summary>Whether a well-formed signature is that of a body. How long it takes tells nothing of the right one.</summary>
    public static bool IsOf(ReadOnlySpan<byte> body, string signature, string secret) => CryptographicOperations.FixedTimeEquals(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body), Convert.FromHexString(signature.AsSpan(Prefix.Length)));
}
