using NodaTime;
using TraderHub.Core.Platform;
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

    public async Task<AssumedZone?> FindAssumedZoneAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT assumed_zone_id AS ZoneId, assumed_offset AS Hours, assumed_name AS Name, assumed_from AS Source
            FROM traders
            WHERE user_address = @Address AND assumed_from IS NOT NULL
            """;

        return (await database.FindAsync<ZoneRow>(Sql, new { Address = address.ToString() }, cancellationToken))?.ToZone();
    }

    public async Task AssumeZoneAsync(WalletAddress address, AssumedZone assumed, CancellationToken cancellationToken)
    {
        const string WithoutZone = """
            user_address = @Address AND assumed_from IS NULL
            AND NOT EXISTS (SELECT 1 FROM user_settings AS chosen WHERE chosen.user_address = @Address AND chosen.timezone_name <> '')
            """;
        const string Find = $"SELECT COUNT(*) FROM traders WHERE {WithoutZone}";
        const string Assume = $"""
            UPDATE traders
            SET assumed_zone_id = @ZoneId, assumed_offset = @Hours, assumed_name = @Name, assumed_from = @Source
            WHERE {WithoutZone}
            """;

        // Every request of a browser comes here, and only a trader's first has something to write: the others do not wait for the writer.
        if (await database.FindAsync<long>(Find, new { Address = address.ToString() }, cancellationToken) == 0)
        {
            return;
        }

        // Of a zone with an id the offset hangs on the day, and is not looked at.
        await database.ExecuteAsync(
            Assume,
            new
            {
                Address = address.ToString(),
                ZoneId = assumed.Zone.Id,
                Hours = assumed.Zone.Id is null ? assumed.Zone.OffsetAt(NodaConstants.UnixEpoch) : (decimal?)null,
                assumed.Zone.Name,
                assumed.Source,
            },
            cancellationToken);
    }

    public Task ForgetAssumedZoneAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE traders
            SET assumed_zone_id = NULL, assumed_offset = NULL, assumed_name = NULL, assumed_from = NULL
            WHERE user_address = @Address
            """;

        return database.ExecuteAsync(Sql, new { Address = address.ToString() }, cancellationToken);
    }

    private sealed record ZoneRow(string? ZoneId, decimal? Hours, string? Name, string Source)
    {
        public AssumedZone? ToZone() =>
            (ZoneId is { } id ? UserZone.FromId(id) : UserZone.FromOffset(Hours ?? 0, Name)) is { } zone ? new(zone, Source) : null;
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
