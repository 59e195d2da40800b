using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Telegram;

/// <summary>The messages as rows: how they come, and how they go when a week has passed.</summary>
internal sealed class OutboxRows(SignalsDatabase database, TimeProvider clock)
{
    private const long KeptFor = 7L * 24 * 60 * 60 * 1000;

    public Task AddAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            foreach (var message in messages)
            {
                if (!await IsThereAsync(session, message))
                {
                    await session.RunAsync(RowsOf(message));
                }
            }

            return true;
        },
        cancellationToken);

    /// <summary>Gives a chat's messages to the chat that it has become.</summary>
    public async Task ReaddressAsync(string oldChatId, string newChatId, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE telegram_outbox SET chat_id = @NewChatId WHERE chat_id = @OldChatId AND status = 'waiting'";
        await database.WriteAsync(
            async session =>
            {
                await session.RunAsync([ChatOf(newChatId)]);
                return await session.ExecuteAsync(Sql, new { OldChatId = oldChatId, NewChatId = newChatId });
            },
            cancellationToken);
    }

    public Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        var sql = $"DELETE FROM telegram_outbox WHERE ended_at < {database.Dialect.Now} - @KeptFor";
        return database.ExecuteAsync(sql, new { KeptFor, Now = clock.GetInstant().ToUnixTimeMilliseconds() }, cancellationToken);
    }

    /// <summary>A message of several parts is known by its first one, so that a repetition is one too when its text was made anew and broken elsewhere.</summary>
    private static async Task<bool> IsThereAsync(SqlSession session, OutgoingMessage message)
    {
        const string Sql = "SELECT COUNT(*) FROM telegram_outbox WHERE message_key IN (@Key, @FirstKey)";
        return await session.FindAsync<long>(Sql, new { message.Key, FirstKey = PartKey(message, 0) }) > 0;
    }

    private static string PartKey(OutgoingMessage message, int index) => $"{message.Key}#{index + 1}";

    private IEnumerable<SqlStatement> RowsOf(OutgoingMessage message)
    {
        var insert = $"""
            INSERT INTO telegram_outbox (chat_id, message_key, status, created_at, text)
            SELECT COALESCE((SELECT new_chat_id FROM chat_moves WHERE old_chat_id = @ChatId), @ChatId), @PartKey, 'waiting', {database.Dialect.Now}, @Text
            WHERE TRUE
            ON CONFLICT (message_key) DO NOTHING
            """;
        var parts = TelegramText.Split(message.Html);
        yield return ChatOf(message.ChatId);
        for (var i = 0; i < parts.Count; i++)
        {
            yield return new(insert, [
                SqlParameter.Text("@ChatId", message.ChatId),
                SqlParameter.Text("@PartKey", parts.Count == 1 ? message.Key : PartKey(message, i)),
                SqlParameter.Text("@Text", parts[i]),
                SqlParameter.Number("@Now", clock.GetInstant().ToUnixTimeMilliseconds()),
            ]);
        }
    }

    private static SqlStatement ChatOf(string chatId)
    {
        const string Sql = """
            INSERT INTO telegram_chats (chat_id, is_group)
            SELECT chat_id, CASE WHEN chat_id LIKE '-%' THEN 1 ELSE 0 END
            FROM (SELECT COALESCE((SELECT new_chat_id FROM chat_moves WHERE old_chat_id = @ChatId), @ChatId) AS chat_id) AS target
            WHERE TRUE
            ON CONFLICT (chat_id) DO NOTHING
            """;
        return new(Sql, [SqlParameter.Text("@ChatId", chatId)]);
    }
}
