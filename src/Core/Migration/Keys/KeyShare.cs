using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TraderHub.Core.Migration.Keys;

/// <summary>Divides keys into a hundred parts, the same on every instance.</summary>
public static class KeyShare
{
    private const int Parts = 100;

    /// <summary>The part of a key, 0 to 99.</summary>
    public static int Of(string key) => (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % Parts);
}
