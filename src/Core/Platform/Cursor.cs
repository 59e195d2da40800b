using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TraderHub.Core.Platform;

/// <summary>
/// A place in a list as callers carry it. The checksum finds slips and other lists' cursors; it is no signature, for whoever forges a cursor only
/// begins elsewhere in a list that is open to them anyway.
/// </summary>
public static class Cursor
{
    private const string Version = "1";

    private const int ChecksumLength = 6;

    /// <summary>The longest text that is looked at.</summary>
    private const int LongestText = 512;

    /// <summary>The cursor that goes on after a key.</summary>
    public static string Write<TKey>(string list, TKey key)
        where TKey : struct, IParsable<TKey>
    {
        var place = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}"));
        return Base64Url.EncodeToString([.. Checksum(list, place), .. place]);
    }

    /// <summary>The key that a cursor goes on after; false when the text is not a cursor of this list.</summary>
    public static bool TryRead<TKey>(string list, string text, out TKey key)
        where TKey : struct, IParsable<TKey>
    {
        ArgumentNullException.ThrowIfNull(text);
        key = default;
        if (text.Length > LongestText || !Base64Url.IsValid(text))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= ChecksumLength || !bytes.AsSpan(0, ChecksumLength).SequenceEqual(Checksum(list, bytes.AsSpan(ChecksumLength))))
        {
            return false;
        }

        return TKey.TryParse(Encoding.UTF8.GetString(bytes, ChecksumLength, bytes.Length - ChecksumLength), CultureInfo.InvariantCulture, out key)

            // The last character holds unused bits, and spaces are skipped: one place has one text.
            && text == Write(list, key);
    }

    private static byte[] Checksum(string list, ReadOnlySpan<byte> place) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes($"{Version} {list} "), .. place])[..ChecksumLength];
}
