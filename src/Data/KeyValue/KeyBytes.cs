namespace TraderHub.Data.KeyValue;

/// <summary>Keys as bytes: their order, and what begins with a prefix.</summary>
internal static class KeyBytes
{
    /// <summary>No byte of UTF-8 is as high, so this is after every key.</summary>
    private const byte AfterAll = 0xFF;

    /// <summary>The order of keys: byte by byte.</summary>
    public static Comparer<byte[]> Order { get; } = Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    /// <summary>The first bytes after all keys that begin with a prefix.</summary>
    public static byte[] EndOf(ReadOnlySpan<byte> prefix) =>
        prefix.IsEmpty ? [AfterAll] : [.. prefix[..^1], (byte)(prefix[^1] + 1)];
}
