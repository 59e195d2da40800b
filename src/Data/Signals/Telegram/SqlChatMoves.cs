using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Telegram.Moves;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Telegram;

internal sealed class SqlChatMoves(SignalsDatabase database, TimeProvider clock) : IChatMoves, IMovedChats
{
    public const string FindSql = "SELECT new_chat_id FROM chat_moves WHERE old_chat_id = @ChatId";

    /// <summary>A group moves once; more than that is a circle, which is not followed for ever.</summary>
    private const int MostMoves = 8;

    public async Task<string?> FindAsync(string chatId, CancellationToken cancellationToken)
    {
        string? found = null;
        for (var i = 0; i < MostMoves && await FindNextAsync(found ?? chatId, cancellationToken) is { } next; i++)
        {
            found = next;
        }

        return found;
    }

    public Task<bool> TryBeginAsync(string oldChatId, string newChatId, CancellationToken cancellationToken)
    {
        const string Find = "SELECT COUNT(*) FROM chat_moves WHERE (old_chat_id = @Old AND ended_at IS NOT NULL) OR (old_chat_id = @New AND new_chat_id = @Old)";
        const string Begin = """
            INSERT INTO chat_moves (old_chat_id, new_chat_id, begun_at) VALUES (@Old, @New, @Now) ON CONFLICT (old_chat_id) DO NOTHING
            """;

        // Who has moved twice is sent to the last id at once.
        const string Forward = "UPDATE chat_moves SET new_chat_id = @New WHERE new_chat_id = @Old";

        var pair = new { Old = oldChatId, New = newChatId, Now = Now() };
        return database.InTransactionAsync(
            async () =>
            {
                if (await database.FindAsync<long>(Find, pair, cancellationToken) > 0)
                {
                    return false;
                }

                await database.ExecuteAsync(Begin, pair, cancellationToken);
                await database.ExecuteAsync(Forward, pair, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    public Task EndAsync(string oldChatId, string newChatId, CancellationToken cancellationToken)
    {
        const string Messages = "UPDATE telegram_outbox SET chat_id = @New WHERE chat_id = @Old AND status = 'waiting'";
        const string Chat = "INSERT INTO telegram_chats (chat_id, is_group) VALUES (@New, 1) ON CONFLICT (chat_id) DO NOTHING";
        const string End = "UPDATE chat_moves SET ended_at = @Now WHERE old_chat_id = @Old";

        var pair = new { Old = oldChatId, New = newChatId, Now = Now() };
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync(Messages, pair, cancellationToken);
                await database.ExecuteAsync(Chat, pair, cancellationToken);
                return await database.ExecuteAsync(End, pair, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<string?> FindNextAsync(string chatId, CancellationToken cancellationToken) =>
        await database.ReadAsync(FindSql, [SqlParameter.Text("@ChatId", chatId)], row => row.GetString(0), cancellationToken) is [var next] ? next : null;

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
