using TraderHub.Core.Signals.Migration;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Migration;

/// <summary>Positions as rows, which are in the order of the list by the time of their last change.</summary>
internal sealed class PositionRows(PositionsEntity entity) : ListRows<HeldPosition, PositionRow>(entity)
{
    public const string FindSql = "SELECT id, ticker, entry_price, updated_at FROM active_positions WHERE chat_id = @ChatId";

    protected override string ChatsSql => "SELECT DISTINCT chat_id FROM active_positions";

    protected override SqlStatement Find(string key, List<PositionRow> rows) => new(
        FindSql,
        [SqlParameter.Text("@ChatId", ChatOf(key))],
        row => rows.Add(new(row.GetInt64(0), new(row.GetString(1), row.GetDouble(2)), row.GetInt64(3))));

    protected override IEnumerable<PositionRow> InOrder(IEnumerable<PositionRow> rows) => rows.OrderBy(row => row.UpdatedAt).ThenBy(row => row.Id);

    protected override HeldPosition ItemOf(PositionRow row) => row.Position;

    protected override IEnumerable<SqlStatement> Change(RowsWrite write, IReadOnlyList<PositionRow> stored, long now)
    {
        var chatId = ChatOf(write.Key);
        var changes = Compare(stored, ItemsOf(write));
        if (write.Value is not null)
        {
            yield return ChatUsers.Ensure(chatId, now);
        }

        // A ticker's row is changed rather than made anew, so that it keeps the time since when there is a position.
        var changed = changes.New.Select(position => position.Ticker).ToHashSet(StringComparer.Ordinal);
        foreach (var row in changes.Gone.Where(row => !changed.Contains(row.Position.Ticker)))
        {
            yield return Delete(row.Id);
        }

        // Each is newer than the one before it, whatever rows they had and wherever the clock was set.
        var time = changes.Kept.Count == 0 ? now : Math.Max(now, changes.Kept[^1].UpdatedAt + 1);
        foreach (var position in changes.New)
        {
            yield return Set(chatId, position, time++);
        }
    }

    private string ChatOf(string key) => key[entity.Prefix.Length..];

    private static SqlStatement Delete(long id)
    {
        const string Sql = "DELETE FROM active_positions WHERE id = @Id";

        return new(Sql, [SqlParameter.Number("@Id", id)]);
    }

    private static SqlStatement Set(string chatId, HeldPosition position, long now)
    {
        const string Sql = """
            INSERT INTO active_positions (chat_id, ticker, entry_price, created_at, updated_at)
            VALUES (@ChatId, @Ticker, @EntryPrice, @Now, @Now)
            ON CONFLICT (chat_id, ticker) DO UPDATE SET entry_price = excluded.entry_price, updated_at = excluded.updated_at
            """;

        return new(
            Sql,
            [
                SqlParameter.Text("@ChatId", chatId),
                SqlParameter.Text("@Ticker", position.Ticker),
                SqlParameter.Real("@EntryPrice", position.EntryPrice),
                SqlParameter.Number("@Now", now),
            ]);
    }
}

/// <summary>A row of <c>active_positions</c>.</summary>
internal sealed record PositionRow(long Id, HeldPosition Position, long UpdatedAt);
