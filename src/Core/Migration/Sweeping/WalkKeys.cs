using System.Runtime.CompilerServices;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;

namespace TraderHub.Core.Migration.Sweeping;

/// <summary>
/// Walks all keys of a group, those of the key-value store and those of SQL merged in one order. Keys are found by listing alone, so that data of people who have
/// left arrive too.
/// </summary>
public sealed class WalkKeys(IKeyValueStore store)
{
    private const int PageSize = 1000;

    /// <summary>The keys behind another one.</summary>
    /// <param name="group">The group.</param>
    /// <param name="after">The key to go on behind; null begins.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public async IAsyncEnumerable<WalkedKey> ExecuteAsync(EntityGroup group, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        foreach (var prefix in PrefixesOf(group))
        {
            // The prefixes are walked in their order, and none begins with another: a key before this one's range is behind all of it.
            if (after is not null && KeyOrder.Utf8.Compare(after, prefix) > 0 && !after.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var behind = after is not null && after.StartsWith(prefix, StringComparison.Ordinal) ? after : null;
            await foreach (var key in MergeAsync(group, prefix, behind, cancellationToken))
            {
                yield return key;
            }
        }
    }

    /// <summary>What the keys of a group begin with, each key in one of them.</summary>
    public static IReadOnlyList<string> PrefixesOf(EntityGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var prefixes = group.Entities.Select(entity => entity.Prefix).Distinct().Order(KeyOrder.Utf8).ToList();
        return [.. prefixes.Where(prefix => !prefixes.Exists(other => other != prefix && prefix.StartsWith(other, StringComparison.Ordinal)))];
    }

    private async IAsyncEnumerable<WalkedKey> MergeAsync(
        EntityGroup group, string prefix, string? behind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var inKv = ListKvAsync(prefix, behind, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var inSql = ListSqlAsync(group.Sql, prefix, behind, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasKv = await inKv.MoveNextAsync();
        var hasSql = await inSql.MoveNextAsync();
        while (hasKv || hasSql)
        {
            var order = !hasKv ? 1 : !hasSql ? -1 : KeyOrder.Utf8.Compare(inKv.Current.Name, inSql.Current.Key);
            var name = order <= 0 ? inKv.Current.Name : inSql.Current.Key;
            if (group.FindEntity(name) is { } entity)
            {
                yield return new(
                    new ManagedKey(group, entity, name),
                    order <= 0 ? KeyHead.Read(inKv.Current.Metadata) : null,
                    order <= 0,
                    order >= 0 ? inSql.Current.Sync : SyncState.Unknown);
            }

            hasKv = order <= 0 ? await inKv.MoveNextAsync() : hasKv;
            hasSql = order >= 0 ? await inSql.MoveNextAsync() : hasSql;
        }
    }

    private async IAsyncEnumerable<ListedKey> ListKvAsync(string prefix, string? behind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = behind is null ? null : KeyCursor.Write(KeyValueRules.BytesOf(behind));
        do
        {
            var page = await store.ListAsync(new KeyQuery(prefix, PageSize, cursor), cancellationToken);
            foreach (var key in page.Keys)
            {
                yield return key;
            }

            cursor = page.Cursor;
        }
        while (cursor is not null);
    }

    private static async IAsyncEnumerable<ListedSync> ListSqlAsync(
        ISyncStore sql, string prefix, string? behind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await sql.ListAsync(prefix, behind, PageSize, cancellationToken);
            foreach (var key in page)
            {
                yield return key;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            behind = page[^1].Key;
        }
    }
}
