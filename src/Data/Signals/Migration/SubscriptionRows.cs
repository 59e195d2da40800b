using NodaTime;
using TraderHub.Core.Migration.Entities;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Migration;

/// <summary>The subscribed chats as users with the status 1. Nobody is ever deleted: who leaves gets the status 0.</summary>
internal sealed class SubscriptionRows(IEntity<IReadOnlyList<string>> entity) : IEntityRows
{
    public const string FindSql = "SELECT chat_id FROM users WHERE subscription_status = 1";

    public IEntity Entity => entity;

    public SqlStatement? ListKeys(Action<string> found) => new("SELECT 1 FROM users LIMIT 1", [], _ => found(entity.Prefix));

    public RowsReading Read(string key)
    {
        var stored = new List<string>();
        return new([Find(stored)], parts => stored.Count > 0 || parts.IsThere ? entity.Render(stored, parts.Rejected) : null);
    }

    public async Task SaveAsync(SqlSession session, IReadOnlyList<RowsWrite> writes, Instant now)
    {
        var stored = new List<string>();
        await session.RunAsync([Find(stored)]);
        var wanted = writes[^1] is { Value: { } value } write ? entity.Read(write.Key, value) : [];

        // Always in one order, so that two who change the same users cannot wait for each other.
        var left = stored.Except(wanted, StringComparer.Ordinal).Select(chatId => (ChatId: chatId, Statement: Leave(chatId, now)));
        var joined = wanted.Except(stored, StringComparer.Ordinal).Select(chatId => (ChatId: chatId, Statement: Join(chatId, now)));
        await session.RunAsync([.. left.Concat(joined).OrderBy(change => change.ChatId, StringComparer.Ordinal).Select(change => change.Statement)]);
    }

    private static SqlStatement Find(List<string> found) => new(FindSql, [], row => found.Add(row.GetString(0)));

    private static SqlStatement Join(string chatId, Instant now)
    {
        const string Sql = """
            INSERT INTO users (chat_id, subscription_status, created_at, updated_at)
            VALUES (@ChatId, 1, @Now, @Now)
            ON CONFLICT (chat_id) DO UPDATE SET subscription_status = 1, updated_at = excluded.updated_at
            """;

        return new(Sql, Parameters(chatId, now));
    }

    private static SqlStatement Leave(string chatId, Instant now)
    {
        const string Sql = "UPDATE users SET subscription_status = 0, updated_at = @Now WHERE chat_id = @ChatId";

        return new(Sql, Parameters(chatId, now));
    }

    private static SqlParameter[] Parameters(string chatId, Instant now) =>
        [SqlParameter.Text("@ChatId", chatId), SqlParameter.Number("@Now", now.ToUnixTimeMilliseconds())];
}
