using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using TraderHub.Core.Trading;

namespace TraderHub.LocalHost.Demo;

/// <summary>A wallet with a key of its own. It is written apart from the code that checks signatures, so that each shows whether the other is right.</summary>
internal sealed class DemoWallet
{
    private const int KeyLength = 32;

    private const int FirstV = 27;

    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");

    private static readonly ECDomainParameters Domain = new(Curve.Curve, Curve.G, Curve.N, Curve.H);

    private readonly BigInteger key;

    private DemoWallet(BigInteger key)
    {
        this.key = key;
        var publicKey = Curve.G.Multiply(key).Normalize().GetEncoded(compressed: false)[1..];
        Address = WalletAddress.Parse($"0x{Convert.ToHexStringLower(Hash(publicKey)[^20..])}");
    }

    /// <summary>The wallet's address.</summary>
    public WalletAddress Address { get; }

    /// <summary>The secret: 64 hexadecimal digits.</summary>
    public string Key => Convert.ToHexStringLower(Bytes(key));

    /// <summary>A new wallet.</summary>
    public static DemoWallet Create()
    {
        while (true)
        {
            if (FromKey(RandomNumberGenerator.GetHexString(2 * KeyLength)) is { } wallet)
            {
                return wallet;
            }
        }
    }

    /// <summary>The wallet of a key; null when the text is none.</summary>
    public static DemoWallet? FromKey(string hex)
    {
        if (hex.Length != 2 * KeyLength || !hex.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var key = new BigInteger(hex, 16);
        return key.SignValue > 0 && key.CompareTo(Curve.N) < 0 ? new(key) : null;
    }

    /// <summary>Signs a text as <c>personal_sign</c> does (EIP-191).</summary>
    public string Sign(string message)
    {
        var text = Encoding.UTF8.GetBytes(message);
        var envelope = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\u0019Ethereum Signed Message:\n{text.Length}"));
        var hash = Hash([.. envelope, .. text]);
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, new ECPrivateKeyParameters(key, Domain));
        var parts = signer.GenerateSignature(hash);
        var isOdd = IsPointOdd(hash, parts[0], parts[1]);

        // Of the two s that would do, Ethereum takes the lower; the other one belongs to the point's mirror image.
        var isHigh = parts[1].CompareTo(Curve.N.ShiftRight(1)) > 0;
        var s = isHigh ? Curve.N.Subtract(parts[1]) : parts[1];
        var v = (byte)(FirstV + (isOdd != isHigh ? 1 : 0));
        return $"0x{Convert.ToHexStringLower([.. Bytes(parts[0]), .. Bytes(s), v])}";
    }

    /// <summary>Whether the signature's point, which only the signer can compute directly, has an odd y.</summary>
    private bool IsPointOdd(byte[] hash, BigInteger r, BigInteger s)
    {
        var k = s.ModInverse(Curve.N).Multiply(new BigInteger(1, hash).Add(r.Multiply(key))).Mod(Curve.N);
        return Curve.G.Multiply(k).Normalize().AffineYCoord.TestBitZero();
    }

    private static byte[] Hash(byte[] data)
    {
        var digest = new KeccakDigest(8 * KeyLength);
        digest.BlockUpdate(data, 0, data.Length);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return hash;
    }

    private static byte[] Bytes(BigInteger number) => Org.BouncyCastle.Utilities.BigIntegers.AsUnsignedByteArray(KeyLength, number);
}
