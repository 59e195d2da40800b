using NodaTime;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Data.Trading.SignIn;

internal sealed class SqlNonceRepository(TradingDatabase database) : INonceRepository
{
    public Task AddAsync(SignInNonce nonce, CancellationToken cancellationToken)
    {
        // What was never used goes as new ones come, so the table is never larger than five minutes make it.
        const string Sweep = "DELETE FROM auth_nonces WHERE expires_at <= @IssuedAt";
        const string Insert = """
            INSERT INTO auth_nonces (nonce, user_address, purpose, issued_at, expires_at)
            VALUES (@Nonce, @Address, @Purpose, @IssuedAt, @ExpiresAt)
            """;

        var row = RowOf(nonce);
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync(Sweep, row, cancellationToken);
                return await database.ExecuteAsync(Insert, row, cancellationToken);
            },
            cancellationToken);
    }

    public async Task<bool> TryUseAsync(SignInNonce nonce, Instant now, CancellationToken cancellationToken)
    {
        // Of several callers at once, the one whose statement deletes the row has used it.
        const string Sql = """
            DELETE FROM auth_nonces
            WHERE nonce = @Nonce AND user_address = @Address AND purpose = @Purpose
              AND issued_at = @IssuedAt AND expires_at = @ExpiresAt AND expires_at > @Now
            """;

        var row = RowOf(nonce);
        return await database.ExecuteAsync(
            Sql, new { row.Nonce, row.Address, row.Purpose, row.IssuedAt, row.ExpiresAt, Now = now.ToUnixTimeSeconds() }, cancellationToken) == 1;
    }

    private static NonceRow RowOf(SignInNonce nonce) => new(
        nonce.Value, nonce.Address.ToString(), nonce.Purpose.Name, nonce.IssuedAt.ToUnixTimeSeconds(), nonce.ExpiresAt.ToUnixTimeSeconds());

    private sealed record NonceRow(string Nonce, string Address, string Purpose, long IssuedAt, long ExpiresAt);
}
