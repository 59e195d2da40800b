using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Links;

namespace TraderHub.Data.Trading.Links;

internal sealed class SqlTelegramLinks(TradingDatabase database, TimeProvider clock) : ILinkCodes, IChatLinks
{
    /// <summary>After so many wrong codes a chat is locked.</summary>
    private const int MostFailures = 5;

    private static readonly Duration Locked = Duration.FromMinutes(15);

    public Task AddAsync(string codeHash, WalletAddress address, Instant now, Instant expiresAt, CancellationToken cancellationToken)
    {
        const string Sweep = "DELETE FROM telegram_link_codes WHERE expires_at <= @Now OR user_address = @Address";
        const string Insert = "INSERT INTO telegram_link_codes (code_hash, user_address, expires_at) VALUES (@Hash, @Address, @ExpiresAt)";

        var row = new { Hash = codeHash, Address = address.ToString(), Now = now.ToUnixTimeSeconds(), ExpiresAt = expiresAt.ToUnixTimeSeconds() };
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync(Sweep, row, cancellationToken);
                return await database.ExecuteAsync(Insert, row, cancellationToken);
            },
            cancellationToken);
    }

    public Task<Result<string>> LinkAsync(string chatId, string code, CancellationToken cancellationToken) =>
        database.InTransactionAsync(() => TryLinkAsync(chatId, code, clock.GetInstant(), cancellationToken), cancellationToken);

    public Task RemoveAsync(string chatId, CancellationToken cancellationToken)
    {
        const string Links = "DELETE FROM telegram_links WHERE chat_id = @ChatId";
        const string Codes = "DELETE FROM telegram_link_codes WHERE chat_id = @ChatId";
        const string Failures = "DELETE FROM telegram_link_failures WHERE chat_id = @ChatId";

        var chat = new { ChatId = chatId };
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync(Links, chat, cancellationToken);
                await database.ExecuteAsync(Codes, chat, cancellationToken);
                return await database.ExecuteAsync(Failures, chat, cancellationToken);
            },
            cancellationToken);
    }

    public async Task MoveAsync(string oldChatId, string newChatId, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE telegram_links SET chat_id = @New WHERE chat_id = @Old AND NOT EXISTS (SELECT 1 FROM telegram_links AS other WHERE other.chat_id = @New)
            """;

        await database.ExecuteAsync(Sql, new { Old = oldChatId, New = newChatId }, cancellationToken);
    }

    private async Task<Result<string>> TryLinkAsync(string chatId, string code, Instant now, CancellationToken cancellationToken)
    {
        // One statement decides who may use the code, and locks it.
        const string Use = """
            UPDATE telegram_link_codes SET chat_id = @ChatId
            WHERE code_hash = @Hash AND expires_at > @Now AND (chat_id IS NULL OR chat_id = @ChatId)
            RETURNING user_address
            """;
        const string Link = """
            INSERT INTO telegram_links (chat_id, user_address, linked_at) VALUES (@ChatId, @Address, @Now)
            ON CONFLICT (chat_id) DO UPDATE SET user_address = excluded.user_address, linked_at = excluded.linked_at
            """;
        const string Forgive = "DELETE FROM telegram_link_failures WHERE chat_id = @ChatId";

        // What is locked is not compared: a code is short enough to be guessed.
        if (await IsLockedAsync(chatId, now, cancellationToken))
        {
            return new Error(ErrorKind.TooManyRequests, "LINK_LOCKED", $"Too many wrong codes came from this chat. Wait {Locked.TotalMinutes:0} minutes.");
        }

        var parameters = new { ChatId = chatId, Hash = LinkCode.HashOf(code) ?? string.Empty, Now = now.ToUnixTimeSeconds() };
        if (await database.ExecuteReturningAsync<string>(Use, parameters, cancellationToken) is not { } address)
        {
            await CountFailureAsync(chatId, now, cancellationToken);
            return new Error(ErrorKind.NotFound, "LINK_CODE_NOT_VALID", "The code is wrong, or older than ten minutes. Have TraderHub show you a new one.");
        }

        await database.ExecuteAsync(Link, new { ChatId = chatId, Address = address, Now = now.ToUnixTimeSeconds() }, cancellationToken);
        await database.ExecuteAsync(Forgive, parameters, cancellationToken);
        return address;
    }

    private async Task<bool> IsLockedAsync(string chatId, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT COUNT(*) FROM telegram_link_failures WHERE chat_id = @ChatId AND failures >= @Most AND first_at > @Since";

        return await database.FindAsync<long>(
            Sql, new { ChatId = chatId, Most = (long)MostFailures, Since = (now - Locked).ToUnixTimeSeconds() }, cancellationToken) > 0;
    }

    private Task<int> CountFailureAsync(string chatId, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO telegram_link_failures (chat_id, failures, first_at) VALUES (@ChatId, 1, @Now)
            ON CONFLICT (chat_id) DO UPDATE
            SET failures = CASE WHEN telegram_link_failures.first_at > @Since THEN telegram_link_failures.failures + 1 ELSE 1 END,
                first_at = CASE WHEN telegram_link_failures.first_at > @Since THEN telegram_link_failures.first_at ELSE @Now END
            """;

        return database.ExecuteAsync(Sql, new { ChatId = chatId, Now = now.ToUnixTimeSeconds(), Since = (now - Locked).ToUnixTimeSeconds() }, cancellationToken);
    }
}
