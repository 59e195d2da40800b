using System.Buffers.Text;
using TraderHub.Core.Platform;

namespace TraderHub.Core.KeyValue;

/// <summary>Where a page of keys ended, as callers carry it: the last key, in Base64Url.</summary>
public static class KeyCursor
{
    /// <summary>The cursor that goes on after a key.</summary>
    public static string Write(ReadOnlySpan<byte> key) => Base64Url.EncodeToString(key);

    /// <summary>The key that a cursor goes on after; empty for none.</summary>
    /// <exception cref="KeyValueRefusedException">It is not a cursor.</exception>
    public static byte[] Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return [];
        }

        if (!Base64Url.IsValid(cursor, out var length) || length > KeyValueRules.LongestKey)
        {
            throw new KeyValueRefusedException(new Error(ErrorKind.Invalid, "KV_CURSOR_NOT_VALID", "This is not a cursor of a list of keys. Begin the list again."));
        }

        return Base64Url.DecodeFromChars(cursor);
    }
}
