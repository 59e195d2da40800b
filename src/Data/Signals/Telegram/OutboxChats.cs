using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram;

namespace TraderHub.Data.Signals.Telegram;

/// <summary>Who sends to which chat, and when the next message may go. What a lease protects is written only by the one who still has it.</summary>
internal sealed class OutboxChats(SignalsDatabase database, TimeProvider clock) : ITelegramChats
{
    /// <summary>Longer than a call and the wait before it may take.</summary>
    private const long Lease = 30_000;

    private long Now => clock.GetInstant().ToUnixTimeMilliseconds();

    /// <summary>The chat that has been due for longest; null when none is.</summary>
    public Task<ChatClaim?> TryClaimAsync(CancellationToken cancellationToken)
    {
        var now = database.Dialect.Now;
        var sql = $"""
            UPDATE telegram_chats SET send_until = {now} + @Lease, send_by = @By
            WHERE chat_id = (
                SELECT chat_id FROM telegram_chats
                WHERE chat_id IN (SELECT chat_id FROM telegram_outbox WHERE status = 'waiting') AND send_until <= {now} AND next_at <= {now}
                ORDER BY next_at LIMIT 1 {database.Dialect.SkipLocked})
              AND send_until <= {now} AND next_at <= {now}
            RETURNING chat_id AS ChatId, is_group AS IsGroup, too_many AS TooMany, send_by AS SendBy
            """;
        return database.ExecuteReturningAsync<ChatClaim>(sql, new { Lease, By = NewOwner(), Now }, cancellationToken);
    }

    /// <summary>A chat, or the one that it has become; null when it is not due or another sends to it.</summary>
    public Task<ChatClaim?> TryClaimAsync(string chatId, CancellationToken cancellationToken)
    {
        var now = database.Dialect.Now;
        var sql = $"""
            UPDATE telegram_chats SET send_until = {now} + @Lease, send_by = @By
            WHERE chat_id = COALESCE((SELECT new_chat_id FROM chat_moves WHERE old_chat_id = @ChatId), @ChatId)
              AND send_until <= {now} AND next_at <= {now}
              AND EXISTS (SELECT 1 FROM telegram_outbox WHERE telegram_outbox.chat_id = telegram_chats.chat_id AND status = 'waiting')
            RETURNING chat_id AS ChatId, is_group AS IsGroup, too_many AS TooMany, send_by AS SendBy
            """;
        return database.ExecuteReturningAsync<ChatClaim>(sql, new { ChatId = chatId, Lease, By = NewOwner(), Now }, cancellationToken);
    }

    /// <summary>How long it is until a message can go to any chat, or to the given one; null when none waits.</summary>
    public async Task<TimeSpan?> FindWaitAsync(string? chatId, CancellationToken cancellationToken)
    {
        var all = $"""
            SELECT MIN(CASE WHEN send_until > next_at THEN send_until ELSE next_at END) - {database.Dialect.Now} FROM telegram_chats
            WHERE chat_id IN (SELECT chat_id FROM telegram_outbox WHERE status = 'waiting')
            """;
        var one = $"""
            SELECT MIN(CASE WHEN send_until > next_at THEN send_until ELSE next_at END) - {database.Dialect.Now} FROM telegram_chats
            WHERE chat_id = COALESCE((SELECT new_chat_id FROM chat_moves WHERE old_chat_id = @ChatId), @ChatId)
              AND EXISTS (SELECT 1 FROM telegram_outbox WHERE telegram_outbox.chat_id = telegram_chats.chat_id AND status = 'waiting')
            """;
        return await database.FindAsync<long?>(chatId is null ? all : one, new { ChatId = chatId, Now }, cancellationToken) is { } milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
    }

    public Task<WaitingMessage?> FindNextAsync(string chatId, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT id, text, is_plain AS IsPlain, attempts FROM telegram_outbox WHERE chat_id = @ChatId AND status = 'waiting' ORDER BY id LIMIT 1";
        return database.FindAsync<WaitingMessage>(Sql, new { ChatId = chatId }, cancellationToken);
    }

    /// <summary>Gives the chat back, and writes what came of its message; false, and nothing is written, when the lease was lost.</summary>
    /// <param name="claim">The lease.</param>
    /// <param name="pause">For how long nothing may be sent to the chat.</param>
    /// <param name="write">Writes what came of it, in the same transaction.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<bool> SettleAsync(ChatClaim claim, TimeSpan pause, Func<Task> write, CancellationToken cancellationToken) => database.InTransactionAsync(
        async () =>
        {
            var sql = $"""
                UPDATE telegram_chats SET send_until = 0, send_by = NULL, next_at = {database.Dialect.Now} + @Pause, too_many = @TooMany
                WHERE chat_id = @ChatId AND send_by = @SendBy
                """;
            var parameters = new { claim.ChatId, claim.SendBy, claim.TooMany, Pause = (long)pause.TotalMilliseconds, Now };
            var isOurs = await database.ExecuteAsync(sql, parameters, cancellationToken) == 1;
            if (isOurs)
            {
                await write();
            }

            return isOurs;
        },
        cancellationToken);

    /// <summary>Ends a message; its text goes.</summary>
    public Task EndAsync(long id, string status, string? error, CancellationToken cancellationToken)
    {
        var sql = $"UPDATE telegram_outbox SET status = @Status, ended_at = {database.Dialect.Now}, text = NULL, error = @Error WHERE id = @Id";
        return database.ExecuteAsync(sql, new { Id = id, Status = status, Error = error, Now }, cancellationToken);
    }

    /// <summary>Ends all messages that wait for a chat.</summary>
    public Task DropAsync(string chatId, string? error, CancellationToken cancellationToken)
    {
        var sql = $"""
            UPDATE telegram_outbox SET status = 'dropped', ended_at = {database.Dialect.Now}, text = NULL, error = @Error WHERE chat_id = @ChatId AND status = 'waiting'
            """;
        return database.ExecuteAsync(sql, new { ChatId = chatId, Error = error, Now }, cancellationToken);
    }

    /// <summary>Lets a message wait for another try.</summary>
    public Task RetryAsync(WaitingMessage message, string? error, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE telegram_outbox SET text = @Text, is_plain = @IsPlain, attempts = @Attempts, error = @Error WHERE id = @Id";
        return database.ExecuteAsync(Sql, new { message.Id, message.Text, message.IsPlain, message.Attempts, Error = error }, cancellationToken);
    }

    public Task SetFoundAsync(string chatId, CancellationToken cancellationToken) => FlagAsync(chatId, isNotFound: false, cancellationToken);

    /// <summary>Notes whether the API knows a chat.</summary>
    public Task FlagAsync(string chatId, bool isNotFound, CancellationToken cancellationToken)
    {
        var sql = $"UPDATE telegram_chats SET not_found_at = CASE WHEN @IsNotFound = 1 THEN {database.Dialect.Now} END WHERE chat_id = @ChatId";
        return database.ExecuteAsync(sql, new { ChatId = chatId, IsNotFound = isNotFound ? 1L : 0L, Now }, cancellationToken);
    }

    private static string NewOwner() => $"{Guid.NewGuid():n}";
}
