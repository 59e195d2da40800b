using System.Text;

namespace TraderHub.Data.Migration;

/// <summary>Keys as the tables have them: the lower-case hex of their UTF-8 bytes, which has the same order everywhere, whatever a database's collation is.</summary>
internal static class KeyHex
{
    /// <summary>After all that begins with a prefix there is no digit.</summary>
    private const string AfterAll = "g";

    public static string Of(string key) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key));

    public static string ToKey(string hex) => Encoding.UTF8.GetString(Convert.FromHexString(hex));

    /// <summary>The first text that keys with a prefix, behind another key, can be; both may be missing.</summary>
    public static string FirstOf(string prefix, string? after)
    {
        var first = Of(prefix);

        // The keys behind another one are those from its hex and the lowest digit on.
        var behind = after is null ? string.Empty : Of(after) + "0";
        return string.CompareOrdinal(first, behind) >= 0 ? first : behind;
    }

    /// <summary>The first text that is after all keys with a prefix.</summary>
    public static string EndOf(string prefix) => Of(prefix) + AfterAll;
}
