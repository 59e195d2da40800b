using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Data.Trading.Settings;

internal sealed class SqlSettingsRepository(TradingDatabase database) : ISettingsRepository
{
    public async Task<UserSettings?> FindAsync(WalletAddress address, CancellationToken cancellationToken) =>
        (await FindRowAsync(address, cancellationToken))?.ToSettings();

    public Task<bool> TrySaveAsync(UserSettings settings, CancellationToken cancellationToken)
    {
        // A change that came first makes the last WHERE false: no row is touched. Version 0 is of settings that were never stored.
        const string Sql = """
            INSERT INTO user_settings
                (user_address, daily_target, advanced_settings, timezone_offset, timezone_name, timezone_id, created_at, updated_at, version)
            SELECT @Address, @DailyTarget, @AdvancedSettings, @TimezoneOffset, @TimezoneName, @TimezoneId, @UpdatedAt, @UpdatedAt, @Version + 1
            WHERE @Version = 0 OR EXISTS (SELECT 1 FROM user_settings WHERE user_address = @Address)
            ON CONFLICT (user_address) DO UPDATE
            SET daily_target = excluded.daily_target, advanced_settings = excluded.advanced_settings, timezone_offset = excluded.timezone_offset,
                timezone_name = excluded.timezone_name, timezone_id = excluded.timezone_id, updated_at = excluded.updated_at, version = excluded.version
            WHERE user_settings.version = @Version
            """;

        return database.InTransactionAsync(
            async () =>
            {
                var stored = await FindRowAsync(settings.Address, cancellationToken);
                return await database.ExecuteAsync(Sql, SettingsRow.From(settings, stored), cancellationToken) == 1;
            },
            cancellationToken);
    }

    private Task<SettingsRow?> FindRowAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT user_address AS Address, daily_target AS DailyTarget, advanced_settings AS AdvancedSettings, timezone_offset AS TimezoneOffset,
                   timezone_name AS TimezoneName, timezone_id AS TimezoneId, updated_at AS UpdatedAt, version AS Version
            FROM user_settings
            WHERE user_address = @Address
            """;

        return database.FindAsync<SettingsRow>(Sql, new { Address = address.ToString() }, cancellationToken);
    }
}
