using NodaTime;

namespace TraderHub.Core.KeyValue;

/// <summary>Which keys a list is of.</summary>
/// <param name="Prefix">What they begin with; empty for all.</param>
/// <param name="Limit">The most to answer, 1 to 1000.</param>
/// <param name="Cursor">Where a page before ended; null begins the list. The limit may change from page to page.</param>
public sealed record KeyQuery(string Prefix = "", int Limit = KeyValueRules.MostKeysInAList, string? Cursor = null);

/// <summary>A key in a list.</summary>
/// <param name="Name">The key.</param>
/// <param name="Expiration">From when on it is no longer there; null when it is permanent.</param>
/// <param name="Metadata">The JSON text beside its value; null when it has none.</param>
public sealed record ListedKey(string Name, Instant? Expiration, string? Metadata);

/// <summary>A part of a list of keys.</summary>
/// <param name="Keys">The keys, in the order of their UTF-8 bytes.</param>
/// <param name="Cursor">What to ask the next page with; null on the last, which alone ends the list.</param>
public sealed record KeyPage(IReadOnlyList<ListedKey> Keys, string? Cursor);
