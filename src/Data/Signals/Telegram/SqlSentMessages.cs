using TraderHub.Core.Signals.Telegram;

namespace TraderHub.Data.Signals.Telegram;

internal sealed class SqlSentMessages(SignalsDatabase database) : ISentMessages
{
    public async Task<IReadOnlyList<SentMessage>> ListAsync(string keyPrefix, CancellationToken cancellationToken)
    {
        // A range of the keys' index: what begins with the prefix is before the prefix's own successor.
        const string Sql = """
            SELECT chat_id AS ChatId, status, error FROM telegram_outbox WHERE message_key >= @From AND message_key < @To ORDER BY message_key
            """;

        var rows = await database.QueryAsync<SentRow>(Sql, new { From = keyPrefix, To = keyPrefix[..^1] + (char)(keyPrefix[^1] + 1) }, cancellationToken);
        return [.. rows.Select(row => new SentMessage(row.ChatId, StatusOf(row.Status), row.Error))];
    }

    private static SentStatus StatusOf(string status) => status switch { "waiting" => SentStatus.Waiting, "sent" => SentStatus.Sent, _ => SentStatus.Failed };

    private sealed record SentRow(string ChatId, string Status, string? Error);
}
