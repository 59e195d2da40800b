using System.Runtime.CompilerServices;

namespace TraderHub.Core.KeyValue;

/// <summary>Walks whole lists of keys.</summary>
public static class KeyValueLists
{
    /// <summary>All keys with a prefix, page after page.</summary>
    public static async IAsyncEnumerable<ListedKey> ListAllAsync(
        this IKeyValueStore store, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        string? cursor = null;
        do
        {
            var page = await store.ListAsync(new KeyQuery(prefix, Cursor: cursor), cancellationToken);
            foreach (var key in page.Keys)
            {
                yield return key;
            }

            cursor = page.Cursor;
        }
        while (cursor is not null);
    }
}
