using NodaTime;
using TraderHub.Core.Signals.Telegram.Forgetting;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Telegram;

internal sealed class SqlChatRecords(SignalsDatabase database) : IChatRecords
{
    public Task SetForgetAskedAsync(string chatId, Instant at, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO telegram_chats (chat_id, forget_asked_at) VALUES (@ChatId, @At) ON CONFLICT (chat_id) DO UPDATE SET forget_asked_at = excluded.forget_asked_at
            """;

        return database.ExecuteAsync(Sql, new { ChatId = chatId, At = at.ToUnixTimeMilliseconds() }, cancellationToken);
    }

    public async Task<Instant?> FindForgetAskedAsync(string chatId, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT forget_asked_at FROM telegram_chats WHERE chat_id = @ChatId";

        return await database.FindAsync<long?>(Sql, new { ChatId = chatId }, cancellationToken) is { } at ? Instant.FromUnixTimeMilliseconds(at) : null;
    }

    public Task DeleteAsync(string chatId, CancellationToken cancellationToken)
    {
        const string Users = "DELETE FROM users WHERE chat_id = @ChatId";
        const string Messages = "DELETE FROM telegram_outbox WHERE chat_id = @ChatId";
        const string Updates = "UPDATE telegram_updates SET chat_id = NULL, payload = NULL, decision = NULL, error = NULL WHERE chat_id = @ChatId AND status <> 'waiting'";
        const string Chat = "UPDATE telegram_chats SET forget_asked_at = NULL, not_found_at = NULL WHERE chat_id = @ChatId";
        const string Answers = """
            DELETE FROM idempotency_keys WHERE '/' || route || '/' LIKE @Route ESCAPE '\' OR body LIKE @Body ESCAPE '\'
            """;
        const string Moves = "DELETE FROM chat_moves WHERE old_chat_id = @ChatId OR new_chat_id = @ChatId";
        const string Quarantine = "DELETE FROM kv_quarantine WHERE group_name = 'signals' AND key_hex = @KeyHex";
        const string Errors = "DELETE FROM migration_errors WHERE group_name = 'signals' AND key_hex = @KeyHex";
        const string Texts = "UPDATE kv_sync SET original = NULL, error = NULL WHERE group_name = 'signals' AND key_hex = @KeyHex";

        SqlParameter[] chat = [SqlParameter.Text("@ChatId", chatId)];
        var answers = new SqlStatement(
            Answers, [SqlParameter.Text("@Route", $"%/{Literal(Uri.EscapeDataString(chatId))}/%"), SqlParameter.Text("@Body", $"%\"chatId\":\"{Literal(chatId)}\"%")]);
        var ofKeys = ForgetChatOperation.OwnKeysOf(chatId).SelectMany(key => new[] { Quarantine, Errors, Texts }.Select(sql => new SqlStatement(sql, [SqlParameter.Text("@KeyHex", KeyHex.Of(key))])));
        return database.WriteAsync(
            async session =>
            {
                await session.RunAsync([.. new[] { Users, Messages, Updates, Chat, Moves }.Select(sql => new SqlStatement(sql, chat)), answers, .. ofKeys]);
                return true;
            },
            cancellationToken);
    }

    /// <summary>A text in a pattern that stands for itself.</summary>
    private static string Literal(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
