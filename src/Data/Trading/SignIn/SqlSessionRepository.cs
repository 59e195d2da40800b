using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Data.Trading.SignIn;

internal sealed class SqlSessionRepository(TradingDatabase database) : ISessionRepository
{
    public Task AddAsync(string tokenHash, WalletAddress address, Instant createdAt, Instant expiresAt, CancellationToken cancellationToken)
    {
        const string Session = """
            INSERT INTO user_sessions (id, user_address, created_at, expires_at)
            VALUES (@Id, @Address, @CreatedAt, @ExpiresAt)
            """;
        const string Trader = """
            INSERT INTO traders (user_address, last_sign_in_at)
            VALUES (@Address, @CreatedAt)
            ON CONFLICT (user_address) DO UPDATE SET last_sign_in_at = excluded.last_sign_in_at
            """;

        var row = new { Id = tokenHash, Address = address.ToString(), CreatedAt = createdAt.ToUnixTimeSeconds(), ExpiresAt = expiresAt.ToUnixTimeSeconds() };
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync(Session, row, cancellationToken);
                return await database.ExecuteAsync(Trader, row, cancellationToken);
            },
            cancellationToken);
    }

    public async Task<WalletAddress?> FindAddressAsync(string tokenHash, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT user_address FROM user_sessions WHERE id = @Id AND expires_at > @Now";

        var address = await database.FindAsync<string>(Sql, new { Id = tokenHash, Now = now.ToUnixTimeSeconds() }, cancellationToken);
        return address is null ? null : WalletAddress.Parse(address);
    }

    public Task RemoveAsync(string tokenHash, CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM user_sessions WHERE id = @Id";

        return database.ExecuteAsync(Sql, new { Id = tokenHash }, cancellationToken);
    }
}
