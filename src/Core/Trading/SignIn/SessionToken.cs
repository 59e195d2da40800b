using System.Security.Cryptography;
using System.Text;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>The secret that a signed-in trader's client sends. Only its hash is ever stored (rule A2).</summary>
public static class SessionToken
{
    private const int Bytes = 32;

    /// <summary>A new token: 256 random bits as 43 characters of URL-safe base64.</summary>
    public static string Create() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>What is stored and looked up: the SHA-256 of the token, in hexadecimal.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
