using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TraderHub.Functions.Http;

/// <summary>Reads what URLs and forms spell with percent signs, strictly: the framework leaves what it cannot read as it stands.</summary>
internal static class PercentEncoding
{
    /// <summary>What is wrong with a text that cannot be read.</summary>
    public const string Problem = "must be percent-encoded UTF-8: each % is followed by two hexadecimal digits.";

    private const int LengthOfEscape = 3;

    /// <summary>A name or a value of a query or a form, where a plus sign is a space; null when it cannot be read.</summary>
    public static string? DecodeField(string text) => Decode(text.Replace('+', ' '));

    /// <summary>A text; null when it cannot be read.</summary>
    public static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var written = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (rest[0] != '%')
            {
                var plain = rest[..(rest.IndexOf('%') is var next and >= 0 ? next : rest.Length)];
                written += Encoding.UTF8.GetBytes(plain, bytes.AsSpan(written));
                rest = rest[plain.Length..];
            }
            else if (rest.Length >= LengthOfEscape
                && Convert.FromHexString(rest[1..LengthOfEscape], bytes.AsSpan(written, 1), out _, out _) == OperationStatus.Done)
            {
                written++;
                rest = rest[LengthOfEscape..];
            }
            else
            {
                return null;
            }
        }

        var decoded = bytes.AsSpan(0, written);
        return Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }
}
