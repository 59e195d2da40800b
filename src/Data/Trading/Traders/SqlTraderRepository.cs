using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Core.Trading.Traders;

namespace TraderHub.Data.Trading.Traders;

internal sealed class SqlTraderRepository(TradingDatabase database) : ITraderRepository
{
    private const char Separator = ',';

    public async Task<AccountProfile?> FindProfileAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT account_mode AS AccountMode, is_unified AS IsUnified, mode_read_at AS ModeReadAt, dexes AS Dexes, dexes_read_at AS DexesReadAt
            FROM traders
            WHERE user_address = @Address
            """;

        return (await database.FindAsync<ProfileRow>(Sql, new { Address = address.ToString() }, cancellationToken))?.ToProfile();
    }

    public Task SaveProfileAsync(WalletAddress address, AccountProfile profile, CancellationToken cancellationToken)
    {
        // Only of those who signed in: the row is theirs, and nobody else's account is looked at.
        const string Sql = """
            UPDATE traders
            SET account_mode = @Mode, is_unified = @IsUnified, mode_read_at = @ModeReadAt, dexes = @Dexes, dexes_read_at = @DexesReadAt
            WHERE user_address = @Address
            """;

        return database.ExecuteAsync(
            Sql,
            new
            {
                Address = address.ToString(),
                Mode = profile.Mode?.Name,
                profile.IsUnified,
                ModeReadAt = profile.ModeReadAt?.ToUnixTimeSeconds(),
                Dexes = string.Join(Separator, profile.Dexes),
                DexesReadAt = profile.DexesReadAt?.ToUnixTimeSeconds(),
            },
            cancellationToken);
    }

    private sealed record ProfileRow(string? AccountMode, bool? IsUnified, long? ModeReadAt, string? Dexes, long? DexesReadAt)
    {
        public AccountProfile ToProfile() => new(
            AccountMode is null ? null : new AccountMode(AccountMode),
            IsUnified,
            InstantOf(ModeReadAt),
            Dexes?.Split(Separator, StringSplitOptions.RemoveEmptyEntries) ?? [],
            InstantOf(DexesReadAt));

        private static Instant? InstantOf(long? seconds) => seconds is { } at ? Instant.FromUnixTimeSeconds(at) : null;
    }
}
