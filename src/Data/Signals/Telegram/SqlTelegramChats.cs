using TraderHub.Core.Signals.Telegram;

namespace TraderHub.Data.Signals.Telegram;

internal sealed class SqlTelegramChats(SignalsDatabase database) : ITelegramChats
{
    public Task SetFoundAsync(string chatId, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE telegram_chats SET not_found_at = NULL WHERE chat_id = @ChatId";

        return database.ExecuteAsync(Sql, new { ChatId = chatId }, cancellationToken);
    }
}
