using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Migration;

/// <summary>The users that rows of a chat belong to.</summary>
internal static class ChatUsers
{
    /// <summary>Makes a chat's user, without a subscription, where there is none: data of chats that left arrive too.</summary>
    public static SqlStatement Ensure(string chatId, long now)
    {
        const string Sql = """
            INSERT INTO users (chat_id, subscription_status, created_at, updated_at)
            VALUES (@ChatId, 0, @Now, @Now)
            ON CONFLICT (chat_id) DO NOTHING
            """;

        return new(Sql, [SqlParameter.Text("@ChatId", chatId), SqlParameter.Number("@Now", now)]);
    }
}
