using System.Security.Cryptography;
using System.Text;

namespace TraderHub.Functions.Http;

/// <summary>Compares secrets so that the time it takes tells nothing about them.</summary>
internal static class Secrets
{
    /// <summary>Whether a caller's secret is the expected one; never when none is set.</summary>
    public static bool AreEqual(string sent, string? expected) =>
        expected is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
