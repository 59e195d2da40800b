using TraderHub.Core.Signals.Migration;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Migration;

/// <summary>Watchlists as rows: by the time and then the id of their rows, they are in the order of the list.</summary>
internal sealed class WatchlistRows(WatchlistEntity entity) : ListRows<string, WatchlistRow>(entity)
{
    public const string FindSql = "SELECT id, ticker, created_at FROM watchlists WHERE chat_id = @ChatId";

    protected override string ChatsSql => "SELECT DISTINCT chat_id FROM watchlists";

    protected override SqlStatement Find(string key, List<WatchlistRow> rows) => new(
        FindSql, [SqlParameter.Text("@ChatId", ChatOf(key))], row => rows.Add(new(row.GetInt64(0), row.GetString(1), row.GetInt64(2))));

    protected override IEnumerable<WatchlistRow> InOrder(IEnumerable<WatchlistRow> rows) => rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id);

    protected override string ItemOf(WatchlistRow row) => row.Ticker;

    protected override IEnumerable<SqlStatement> Change(RowsWrite write, IReadOnlyList<WatchlistRow> stored, long now)
    {
        var chatId = ChatOf(write.Key);
        var changes = Compare(stored, ItemsOf(write));
        if (write.Value is not null)
        {
            yield return ChatUsers.Ensure(chatId, now);
        }

        foreach (var row in changes.Gone)
        {
            yield return Delete(row.Id);
        }

        // A clock that was set back does not change the order.
        var time = changes.Kept.Count == 0 ? now : Math.Max(now, changes.Kept[^1].CreatedAt);
        foreach (var ticker in changes.New)
        {
            yield return Insert(chatId, ticker, time);
        }
    }

    private string ChatOf(string key) => key[entity.Prefix.Length..];

    private static SqlStatement Delete(long id)
    {
        const string Sql = "DELETE FROM watchlists WHERE id = @Id";

        return new(Sql, [SqlParameter.Number("@Id", id)]);
    }

    private static SqlStatement Insert(string chatId, string ticker, long now)
    {
        const string Sql = "INSERT INTO watchlists (chat_id, ticker, created_at) VALUES (@ChatId, @Ticker, @Now)";

        return new(Sql, [SqlParameter.Text("@ChatId", chatId), SqlParameter.Text("@Ticker", ticker), SqlParameter.Number("@Now", now)]);
    }
}

internal sealed record WatchlistRow(long Id, string Ticker, long CreatedAt);
