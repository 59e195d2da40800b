using TraderHub.Core.Signals.Telegram;

namespace TraderHub.Data.Signals.Telegram;

internal sealed class SqlTelegramQueues(SignalsDatabase database, ITelegramBot bot) : ITelegramQueues
{
    public async Task<TelegramQueueCounts> CountAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT
                (SELECT COUNT(*) FROM telegram_updates WHERE status = 'waiting') AS waiting_updates,
                (SELECT COUNT(*) FROM telegram_updates WHERE status = 'failed') AS failed_updates,
                (SELECT COUNT(*) FROM telegram_outbox WHERE status = 'waiting') AS waiting_messages,
                (SELECT COUNT(*) FROM telegram_outbox WHERE ended_at IS NOT NULL AND status = 'failed') AS failed_messages
            """;
        return await database.FindAsync<TelegramQueueCounts>(Sql, null, cancellationToken) ?? throw new InvalidOperationException("A query of counts has a row.");
    }

    public Task<IReadOnlyList<FailedUpdate>> ListFailedAsync(CancellationToken cancellationToken)
    {
        const string Sql = "SELECT update_id, chat_id, received_at, error FROM telegram_updates WHERE status = 'failed' ORDER BY received_at DESC LIMIT 20";
        return database.QueryAsync<FailedUpdate>(Sql, null, cancellationToken);
    }

    public async Task<bool> RetryAsync(long updateId, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE telegram_updates SET status = 'waiting', attempts = 0, next_at = 0, ended_at = NULL, error = NULL
            WHERE bot_id = @BotId AND update_id = @UpdateId AND status = 'failed'
            """;
        return await database.ExecuteAsync(Sql, new { bot.BotId, UpdateId = updateId }, cancellationToken) == 1;
    }
}
