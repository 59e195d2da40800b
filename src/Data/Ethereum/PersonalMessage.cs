using System.Globalization;
using System.Text;

namespace TraderHub.Data.Ethereum;

/// <summary>What <c>personal_sign</c> signs (EIP-191): a text in an envelope that no transaction can have.</summary>
internal static class PersonalMessage
{
    /// <summary>The hash of a text in its envelope.</summary>
    public static byte[] Hash(string message)
    {
        var text = Encoding.UTF8.GetBytes(message);
        var length = text.Length.ToString(CultureInfo.InvariantCulture);
        return Keccak256.Hash([0x19, .. Encoding.ASCII.GetBytes($"Ethereum Signed Message:\n{length}"), .. text]);
    }
}
