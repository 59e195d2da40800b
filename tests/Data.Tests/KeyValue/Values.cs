using System.Text;

namespace TraderHub.Data.Tests.KeyValue;

/// <summary>Values for tests.</summary>
internal static class Values
{
    public static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text);

    public static string TextOf(ReadOnlyMemory<byte> value) => Encoding.UTF8.GetString(value.Span);

    /// <summary>Bytes that differ from place to place, so that parts in a wrong order are seen.</summary>
    public static ReadOnlyMemory<byte> OfSize(int size, int seed = 1)
    {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++)
        {
            bytes[i] = (byte)((i * 31) + (i >> 8) + (i >> 16) + seed);
        }

        return bytes;
    }

    public static void AssertEqual(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte>? actual)
    {
        Assert.NotNull(actual);
        Assert.True(expected.Span.SequenceEqual(actual.Value.Span), "The bytes differ.");
    }
}
