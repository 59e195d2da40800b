using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace TraderHub.Data.Ethereum;

/// <summary>Ethereum's curve, and the key that a signature on it was made with.</summary>
internal static class Secp256k1
{
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");

    /// <summary>The largest number that half a signature can be.</summary>
    public static BigInteger LargestScalar { get; } = Curve.N.Subtract(BigInteger.One);

    /// <summary>Half of that: s and n - s sign the same, and only the lower of the two is accepted (rule A5).</summary>
    public static BigInteger LargestLowScalar { get; } = Curve.N.ShiftRight(1);

    /// <summary>The public key, x and y with 32 bytes each; null when no key can have made the signature of this hash.</summary>
    public static byte[]? RecoverKey(byte[] hash, RecoverableSignature signature)
    {
        if (FindPoint(signature.R, signature.IsOdd) is not { } point)
        {
            return null;
        }

        // SEC 1, 4.1.6: the key is (s * R - e * G) / r.
        var inverse = signature.R.ModInverse(Curve.N);
        var forPoint = signature.S.Multiply(inverse).Mod(Curve.N);
        var forGenerator = new BigInteger(1, hash).Negate().Multiply(inverse).Mod(Curve.N);
        var key = ECAlgorithms.SumOfTwoMultiplies(Curve.G, forGenerator, point, forPoint).Normalize();
        return key.IsInfinity ? null : key.GetEncoded(compressed: false)[1..];
    }

    /// <summary>The point of an x, which has two; null when x has none.</summary>
    private static ECPoint? FindPoint(BigInteger x, bool isOdd)
    {
        var curve = Curve.Curve;
        var xElement = curve.FromBigInteger(x);
        var y = xElement.Square().Add(curve.A).Multiply(xElement).Add(curve.B).Sqrt();
        if (y is null)
        {
            return null;
        }

        return curve.CreatePoint(x, (y.TestBitZero() == isOdd ? y : y.Negate()).ToBigInteger());
    }
}
