using TraderHub.Core.KeyValue;

namespace TraderHub.Data.KeyValue;

/// <summary>The keys that a page of a list is taken from: those with a prefix, after the last of the page before.</summary>
/// <param name="Prefix">What they begin with.</param>
/// <param name="After">The key before them; empty at the beginning.</param>
/// <param name="Limit">The most that the page has.</param>
internal sealed record KeyRange(byte[] Prefix, byte[] After, int Limit)
{
    /// <summary>The first bytes after all of them.</summary>
    public byte[] End { get; } = KeyBytes.EndOf(Prefix);

    /// <summary>How many rows to read: the one beyond the limit tells that more follow.</summary>
    public int RowsToRead => Limit + 1;

    /// <exception cref="KeyValueRefusedException">The query breaks a rule.</exception>
    public static KeyRange Of(KeyQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        KeyValueRules.ThrowIf(KeyValueRules.FindProblemOfLimit(query.Limit));
        return new(KeyValueRules.BytesOfPrefix(query.Prefix), KeyCursor.Read(query.Cursor), query.Limit);
    }

    public bool Holds(byte[] key) => key.AsSpan().StartsWith(Prefix) && KeyBytes.Order.Compare(key, After) > 0;

    /// <summary>The page that up to <see cref="RowsToRead"/> rows make.</summary>
    public KeyPage ToPage<TRow>(IEnumerable<TRow> rows, Func<TRow, byte[]> keyOf, Func<TRow, ListedKey> read)
    {
        var all = rows.ToList();
        return new(
            all.Take(Limit).Select(read).ToList(),
            all.Count > Limit ? KeyCursor.Write(keyOf(all[Limit - 1])) : null);
    }
}
