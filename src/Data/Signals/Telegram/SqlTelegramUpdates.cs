using System.Text.Json;
using NodaTime;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Core.Signals.Telegram.Updates;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Telegram;

internal sealed class SqlTelegramUpdates(SignalsDatabase database, ITelegramBot bot, ITelegramOutbox outbox, TimeProvider clock) : ITelegramUpdates
{
    /// <summary>After so many failures an update is set aside.</summary>
    public const int MostAttempts = 10;

    private const int LongestError = 500;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public Task StoreAsync(IncomingUpdate update, CancellationToken cancellationToken)
    {
        const string Add = """
            INSERT INTO telegram_updates (bot_id, update_id, chat_id, status, received_at, ended_at, payload)
            VALUES (@BotId, @UpdateId, @ChatId, @Status, @Now, @EndedAt, @Payload)
            ON CONFLICT (bot_id, update_id) DO NOTHING
            """;
        const string AddChat = """
            INSERT INTO telegram_chats (chat_id, is_group) VALUES (@ChatId, @IsGroup)
            ON CONFLICT (chat_id) DO UPDATE SET is_group = excluded.is_group WHERE telegram_chats.is_group <> excluded.is_group
            """;

        var (now, isWaiting) = (Now(), update.ChatId is not null);
        var row = new
        {
            bot.BotId,
            update.UpdateId,
            update.ChatId,
            Status = isWaiting ? "waiting" : "done",
            Now = now,
            EndedAt = isWaiting ? (long?)null : now,
            Payload = isWaiting ? JsonSerializer.Serialize(update, TelegramJson.Default.IncomingUpdate) : null,
        };
        return database.InTransactionAsync(
            async () =>
            {
                if (await database.ExecuteAsync(Add, row, cancellationToken) > 0 && isWaiting)
                {
                    await database.ExecuteAsync(AddChat, new { update.ChatId, IsGroup = update.IsGroup ? 1L : 0L }, cancellationToken);
                }

                return true;
            },
            cancellationToken);
    }

    public async Task<bool> TryClaimAsync(string chatId, string worker, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE telegram_chats SET work_until = @Until, work_by = @Worker
            WHERE chat_id = @ChatId AND (work_until <= @Now OR work_by = @Worker)
            """;

        var now = Now();
        return await database.ExecuteAsync(
            Sql, new { ChatId = chatId, Worker = worker, Now = now, Until = now + (long)Lease.TotalMilliseconds }, cancellationToken) == 1;
    }

    public Task ReleaseAsync(string chatId, string worker, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE telegram_chats SET work_until = 0, work_by = NULL WHERE chat_id = @ChatId AND work_by = @Worker";

        return database.ExecuteAsync(Sql, new { ChatId = chatId, Worker = worker }, cancellationToken);
    }

    public async Task<WaitingUpdate?> FindNextAsync(string chatId, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT next_at, received_at, payload, decision
            FROM telegram_updates
            WHERE status = 'waiting' AND chat_id = @ChatId AND bot_id = @BotId
            ORDER BY update_id
            LIMIT 1
            """;

        var found = await database.ReadAsync(
            Sql,
            [SqlParameter.Text("@ChatId", chatId), SqlParameter.Number("@BotId", bot.BotId)],
            row => (NextAt: row.GetInt64(0), ReceivedAt: row.GetInt64(1), Payload: row.GetString(2), Decision: row.IsDBNull(3) ? null : row.GetString(3)),
            cancellationToken);
        return found is [var next] && next.NextAt <= Now()
            ? new(
                JsonSerializer.Deserialize(next.Payload, TelegramJson.Default.IncomingUpdate)!,
                Instant.FromUnixTimeMilliseconds(next.ReceivedAt),
                next.Decision is { } decision ? JsonSerializer.Deserialize(decision, TelegramJson.Default.UpdateDecision) : null)
            : null;
    }

    public Task<IReadOnlyList<string>> ListChatsAsync(int most, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT first.chat_id
            FROM (
                SELECT chat_id, MIN(update_id) AS update_id FROM telegram_updates WHERE status = 'waiting' AND bot_id = @BotId GROUP BY chat_id
            ) AS first
            JOIN telegram_updates ON telegram_updates.bot_id = @BotId AND telegram_updates.update_id = first.update_id AND telegram_updates.next_at <= @Now
            JOIN telegram_chats ON telegram_chats.chat_id = first.chat_id AND telegram_chats.work_until <= @Now
            ORDER BY telegram_updates.received_at, telegram_updates.update_id
            LIMIT @Most
            """;

        return database.QueryAsync<string>(Sql, new { bot.BotId, Now = Now(), Most = (long)most }, cancellationToken);
    }

    public Task SaveDecisionAsync(long updateId, UpdateDecision decision, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE telegram_updates SET decision = @Decision WHERE bot_id = @BotId AND update_id = @UpdateId AND status = 'waiting'";

        return database.ExecuteAsync(
            Sql, new { bot.BotId, UpdateId = updateId, Decision = JsonSerializer.Serialize(decision, TelegramJson.Default.UpdateDecision) }, cancellationToken);
    }

    public Task CompleteAsync(
        long updateId, IReadOnlyList<OutgoingMessage> answers, Func<CancellationToken, Task>? atEnd, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE telegram_updates SET status = 'done', ended_at = @Now, payload = NULL, decision = NULL, error = NULL
            WHERE bot_id = @BotId AND update_id = @UpdateId AND status = 'waiting'
            """;

        return database.InTransactionAsync(
            async () =>
            {
                if (await database.ExecuteAsync(Sql, new { bot.BotId, UpdateId = updateId, Now = Now() }, cancellationToken) == 0)
                {
                    return false;
                }

                await (atEnd?.Invoke(cancellationToken) ?? Task.CompletedTask);
                await outbox.AddAsync(answers, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    public Task FailAsync(long updateId, string error, CancellationToken cancellationToken)
    {
        // One second, then four, nine and so on: five minutes until the update is set aside.
        const string Sql = """
            UPDATE telegram_updates
            SET attempts = attempts + 1,
                error = @Error,
                next_at = @Now + 1000 * (attempts + 1) * (attempts + 1),
                status = CASE WHEN attempts + 1 >= @MostAttempts THEN 'failed' ELSE status END
            WHERE bot_id = @BotId AND update_id = @UpdateId AND status = 'waiting'
            """;

        var text = error.Length <= LongestError ? error : error[..LongestError];
        return database.ExecuteAsync(
            Sql,
            new { bot.BotId, UpdateId = updateId, Error = text, Now = Now(), MostAttempts = (long)MostAttempts },
            cancellationToken);
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
