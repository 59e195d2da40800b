using TraderHub.Core.Signals.Telegram;

namespace TraderHub.Data.Signals.Telegram;

internal sealed class SqlChatMoves(SignalsDatabase database) : IChatMoves
{
    public async Task<string> ResolveAsync(string chatId, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT new_chat_id FROM chat_moves WHERE old_chat_id = @ChatId";

        return await database.FindAsync<string>(Sql, new { ChatId = chatId }, cancellationToken) ?? chatId;
    }
}
