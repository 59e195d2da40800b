using TraderHub.Core.Signals.Chats;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Chats;

internal sealed class SqlChatMoves(SignalsDatabase database) : IChatMoves
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

    private async Task<string?> FindNextAsync(string chatId, CancellationToken cancellationToken) =>
        await database.ReadAsync(FindSql, [SqlParameter.Text("@ChatId", chatId)], row => row.GetString(0), cancellationToken) is [var next] ? next : null;
}
