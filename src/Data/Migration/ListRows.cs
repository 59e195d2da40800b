using NodaTime;
using TraderHub.Core.Migration.Entities;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The rows of an entity whose values are lists.</summary>
/// <typeparam name="TItem">An element of a value.</typeparam>
/// <typeparam name="TRow">Its row.</typeparam>
internal abstract class ListRows<TItem, TRow>(IEntity<IReadOnlyList<TItem>> entity) : IEntityRows
{
    public IEntity Entity => entity;

    public SqlStatement? ListKeys(Action<string> found) => new(ChatsSql, [], row => found(entity.Prefix + row.GetString(0)));

    public RowsReading Read(string key)
    {
        var rows = new List<TRow>();
        return new([Find(key, rows)], parts => rows.Count > 0 || parts.IsThere ? entity.Render([.. InOrder(rows).Select(ItemOf)], parts.Rejected) : null);
    }

    public async Task SaveAsync(SqlSession session, IReadOnlyList<RowsWrite> writes, Instant now)
    {
        var stored = writes.Select(_ => new List<TRow>()).ToList();
        await session.RunAsync(writes.Select((write, i) => Find(write.Key, stored[i])));
        await session.RunAsync(writes.SelectMany((write, i) => Change(write, [.. InOrder(stored[i])], now.ToUnixTimeMilliseconds())));
    }

    /// <summary>The query of the chats that have rows.</summary>
    protected abstract string ChatsSql { get; }

    /// <summary>The query of a key's rows.</summary>
    protected abstract SqlStatement Find(string key, List<TRow> rows);

    /// <summary>Rows in the order of the value's elements. There are few of them; no index needs to have it.</summary>
    protected abstract IEnumerable<TRow> InOrder(IEnumerable<TRow> rows);

    /// <summary>What a row says.</summary>
    protected abstract TItem ItemOf(TRow row);

    /// <summary>What makes stored rows those of a value; its elements stand behind one another by the time and id of their rows.</summary>
    protected abstract IEnumerable<SqlStatement> Change(RowsWrite write, IReadOnlyList<TRow> stored, long now);

    /// <summary>The elements of a value; none when the rows go.</summary>
    protected IReadOnlyList<TItem> ItemsOf(RowsWrite write) => write.Value is { } value ? entity.Read(write.Key, value) : [];

    /// <summary>What becomes of stored rows.</summary>
    protected RowChanges<TRow, TItem> Compare(IReadOnlyList<TRow> stored, IReadOnlyList<TItem> wanted) =>
        RowChanges.Compare(stored, wanted, (row, item) => EqualityComparer<TItem>.Default.Equals(ItemOf(row), item));
}
