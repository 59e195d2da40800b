using System.Text;
using System.Text.Unicode;

namespace TraderHub.Data.Migration;

/// <summary>Bytes of any kind as text that every database stores: themselves where they are text, so that people can read them, and else Base64.</summary>
internal static class RawText
{
    private const string Base64 = "base64:";

    public static string Of(ReadOnlyMemory<byte> bytes) =>
        Utf8.IsValid(bytes.Span) && !bytes.Span.Contains((byte)0) && Encoding.UTF8.GetString(bytes.Span) is var text && !text.StartsWith(Base64, StringComparison.Ordinal)
            ? text
            : Base64 + Convert.ToBase64String(bytes.Span);

    public static byte[] ToBytes(string text) =>
        text.StartsWith(Base64, StringComparison.Ordinal) ? Convert.FromBase64String(text[Base64.Length..]) : Encoding.UTF8.GetBytes(text);
}
