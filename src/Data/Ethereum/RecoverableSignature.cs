using Org.BouncyCastle.Math;

namespace TraderHub.Data.Ethereum;

/// <summary>
/// A signature that tells its key. Of the several forms that the mathematics would take for the same signature only one is read (rule A5).
/// </summary>
/// <param name="R">The first half.</param>
/// <param name="S">The second half, in the lower half of its range.</param>
/// <param name="IsOdd">Which of two points R stands for.</param>
internal sealed record RecoverableSignature(BigInteger R, BigInteger S, bool IsOdd)
{
    private const string Prefix = "0x";

    private const int PartLength = 32;

    private const int Length = PartLength + PartLength + 1;

    /// <summary>Reads <c>0x</c> and the hexadecimal digits of r, s and v; null when it is anything else.</summary>
    public static RecoverableSignature? Parse(string text)
    {
        if (text.Length != Prefix.Length + (2 * Length)
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !text.Skip(Prefix.Length).All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var bytes = Convert.FromHexString(text.AsSpan(Prefix.Length));
        var r = new BigInteger(1, bytes, 0, PartLength);
        var s = new BigInteger(1, bytes, PartLength, PartLength);

        // Some wallets write v as it is (0, 1), most as Bitcoin did (27, 28).
        bool? isOdd = bytes[^1] switch { 0 or 27 => false, 1 or 28 => true, _ => null };
        return isOdd is { } odd && IsBetweenOneAnd(r, Secp256k1.LargestScalar) && IsBetweenOneAnd(s, Secp256k1.LargestLowScalar)
            ? new(r, s, odd)
            : null;
    }

    private static bool IsBetweenOneAnd(BigInteger number, BigInteger largest) => number.SignValue > 0 && number.CompareTo(largest) <= 0;
}
