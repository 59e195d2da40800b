namespace TraderHub.Core.Migration.Sweeping;

/// <summary>The order of keys by their UTF-8 bytes, in which both stores list them. It is not that of C# strings beyond the basic plane.</summary>
public sealed class KeyOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static KeyOrder Utf8 { get; } = new();

    /// <inheritdoc />
    public int Compare(string? x, string? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] != y[i])
            {
                return Weight(x[i]) - Weight(y[i]);
            }
        }

        return x.Length - y.Length;
    }

    /// <summary>Surrogates, which stand for code points above all others, come behind U+E000 to U+FFFF.</summary>
    private static int Weight(char unit) => unit switch
    {
        >= '\uE000' => unit - 0x800,
        >= '\uD800' => unit + 0x2000,
        _ => unit,
    };
}
