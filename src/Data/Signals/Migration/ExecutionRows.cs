using TraderHub.Core.Signals.Migration;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Migration;

/// <summary>Executions as rows, in the order that they were recorded in. Those that are alike in all that names one are counted.</summary>
internal sealed class ExecutionRows(ExecutionsEntity entity) : ListRows<ExecutedSignal, ExecutionRow>(entity)
{
    public const string FindSql = """
        SELECT id, signal_type, ticker, execution_price, execution_date, signal_price, occurrence
        FROM executions
        WHERE chat_id = @ChatId
        """;

    protected override string ChatsSql => "SELECT DISTINCT chat_id FROM executions";

    protected override SqlStatement Find(string key, List<ExecutionRow> rows) => new(
        FindSql,
        [SqlParameter.Text("@ChatId", ChatOf(key))],
        row => rows.Add(new(
            row.GetInt64(0), new(row.GetString(1), row.GetString(2), row.GetDouble(3), row.GetInt64(4), row.GetNullableDouble(5)), row.GetInt64(6))));

    protected override IEnumerable<ExecutionRow> InOrder(IEnumerable<ExecutionRow> rows) => rows.OrderBy(row => row.Id);

    protected override ExecutedSignal ItemOf(ExecutionRow row) => row.Execution;

    protected override IEnumerable<SqlStatement> Change(RowsWrite write, IReadOnlyList<ExecutionRow> stored, long now)
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

        var occurrences = new Dictionary<(string, string, double, long), long>();
        foreach (var row in changes.Kept)
        {
            var key = NameOf(row.Execution);
            occurrences[key] = Math.Max(occurrences.GetValueOrDefault(key), row.Occurrence + 1);
        }

        foreach (var execution in changes.New)
        {
            var key = NameOf(execution);
            var occurrence = occurrences.GetValueOrDefault(key);
            occurrences[key] = occurrence + 1;
            yield return Insert(chatId, execution, occurrence, now);
        }
    }

    private string ChatOf(string key) => key[entity.Prefix.Length..];

    /// <summary>What names an execution of a chat, but for how many there were before.</summary>
    private static (string SignalType, string Ticker, double Price, long Date) NameOf(ExecutedSignal execution) =>
        (execution.SignalType, execution.Ticker, execution.ExecutionPrice, execution.ExecutionDate);

    private static SqlStatement Delete(long id)
    {
        const string Sql = "DELETE FROM executions WHERE id = @Id";

        return new(Sql, [SqlParameter.Number("@Id", id)]);
    }

    private static SqlStatement Insert(string chatId, ExecutedSignal execution, long occurrence, long now)
    {
        const string Sql = """
            INSERT INTO executions (chat_id, signal_type, ticker, execution_price, signal_price, execution_date, occurrence, created_at)
            VALUES (@ChatId, @SignalType, @Ticker, @ExecutionPrice, @SignalPrice, @ExecutionDate, @Occurrence, @Now)
            """;

        return new(
            Sql,
            [
                SqlParameter.Text("@ChatId", chatId),
                SqlParameter.Text("@SignalType", execution.SignalType),
                SqlParameter.Text("@Ticker", execution.Ticker),
                SqlParameter.Real("@ExecutionPrice", execution.ExecutionPrice),
                SqlParameter.Real("@SignalPrice", execution.SignalPrice),
                SqlParameter.Number("@ExecutionDate", execution.ExecutionDate),
                SqlParameter.Number("@Occurrence", occurrence),
                SqlParameter.Number("@Now", now),
            ]);
    }
}

/// <summary>A row of <c>executions</c>, and how many that are alike were before it.</summary>
internal sealed record ExecutionRow(long Id, ExecutedSignal Execution, long Occurrence);
