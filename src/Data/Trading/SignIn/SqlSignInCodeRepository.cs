using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Data.Trading.SignIn;

internal sealed class SqlSignInCodeRepository(TradingDatabase database) : ISignInCodeRepository
{
    public Task AddAsync(string codeHash, WalletAddress address, Instant now, Instant expiresAt, CancellationToken cancellationToken)
    {
        const string Sweep = "DELETE FROM sign_in_codes WHERE expires_at <= @Now";
        const string Insert = "INSERT INTO sign_in_codes (id, user_address, expires_at) VALUES (@Id, @Address, @ExpiresAt)";

        var row = new { Id = codeHash, Address = address.ToString(), Now = now.ToUnixTimeSeconds(), ExpiresAt = expiresAt.ToUnixTimeSeconds() };
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync(Sweep, row, cancellationToken);
                return await database.ExecuteAsync(Insert, row, cancellationToken);
            },
            cancellationToken);
    }

    public async Task<WalletAddress?> TryUseAsync(string codeHash, Instant now, CancellationToken cancellationToken)
    {
        // Of several callers at once, the one whose statement deletes the row has used it.
        const string Sql = "DELETE FROM sign_in_codes WHERE id = @Id AND expires_at > @Now RETURNING user_address";

        var address = await database.ExecuteReturningAsync<string>(Sql, new { Id = codeHash, Now = now.ToUnixTimeSeconds() }, cancellationToken);
        return address is null ? null : WalletAddress.Parse(address);
    }
}
