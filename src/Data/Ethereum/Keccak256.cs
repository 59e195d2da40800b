using Org.BouncyCastle.Crypto.Digests;

namespace TraderHub.Data.Ethereum;

/// <summary>Ethereum's hash: Keccak as it was before it became SHA-3, whose padding differs.</summary>
internal static class Keccak256
{
    private const int Bits = 256;

    /// <summary>The 32 bytes of the hash of some data.</summary>
    public static byte[] Hash(byte[] data)
    {
        var digest = new KeccakDigest(Bits);
        digest.BlockUpdate(data, 0, data.Length);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
