using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Days;

namespace TraderHub.Data.Trading.Days;

internal sealed class SqlDailyBalanceRepository(TradingDatabase database, SqlStreakRepository streaks, TimeProvider clock) : IDailyBalanceRepository
{
    private const string FromBalances = "balance";

    private const string Ledger = "ledger";

    private const char Separator = ',';

    public async Task<DailyBalance?> FindOpenAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT user_address AS Address, user_date AS Date, date AS UtcDate, timezone_offset AS TimezoneOffset, ends_at AS EndsAt,
                   start_balance AS StartBalance, start_as_of AS StartAsOf, perps_value AS PerpsValue, spot_value AS SpotValue,
                   starts_at AS StartsAt, ledger_from AS LedgerFrom, end_balance AS EndBalance, end_as_of AS EndAsOf
            FROM daily_balances
            WHERE user_address = @Address AND end_balance IS NULL AND ends_at IS NOT NULL
            """;

        return (await database.FindAsync<DayRow>(Sql, new { Address = address.ToString() }, cancellationToken))?.ToDay();
    }

    public Task OpenAsync(DailyBalance first, CancellationToken cancellationToken)
    {
        // Whichever the caller came second to, a day of that date or an open day: the one that is there stays.
        const string Sql = """
            INSERT INTO daily_balances
                (user_address, date, user_date, timezone_offset, start_balance, account_value, perps_value, spot_value, staking_value,
                 target_achieved, significant_loss, start_as_of, starts_at, ends_at, ledger_from, created_at, updated_at)
            VALUES
                (@Address, @UtcDate, @Date, @Offset, @StartBalance, @StartBalance, @PerpsValue, @SpotValue, 0,
                 0, 0, @StartAsOf, @StartsAt, @EndsAt, @LedgerFrom, @Now, @Now)
            ON CONFLICT DO NOTHING
            """;

        return database.ExecuteAsync(
            Sql,
            new
            {
                Address = first.Address.ToString(),
                first.UtcDate,
                first.Date,
                first.Offset,
                first.StartBalance,
                PerpsValue = first.PerpsValue ?? 0,
                first.SpotValue,
                StartAsOf = first.StartAsOf.ToUnixTimeSeconds(),
                StartsAt = first.StartsAt?.ToUnixTimeSeconds(),
                EndsAt = first.EndsAt.ToUnixTimeSeconds(),
                LedgerFrom = first.LedgerFrom?.ToUnixTimeMilliseconds(),
                Now = clock.GetInstant().ToUnixTimeSeconds(),
            },
            cancellationToken);
    }

    public Task MoveAsync(DailyBalance open, DailyBalance moved, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE daily_balances
            SET user_date = @Date, date = @UtcDate, timezone_offset = @Offset, ends_at = @EndsAt, updated_at = @Now
            WHERE user_address = @Address AND user_date = @From AND end_balance IS NULL
              AND NOT EXISTS (
                SELECT 1 FROM daily_balances AS earlier
                WHERE earlier.user_address = @Address AND earlier.end_balance IS NOT NULL AND earlier.user_date >= @Date)
            """;

        return database.ExecuteAsync(
            Sql,
            new
            {
                Address = open.Address.ToString(),
                From = open.Date,
                moved.Date,
                moved.UtcDate,
                moved.Offset,
                EndsAt = moved.EndsAt.ToUnixTimeSeconds(),
                Now = clock.GetInstant().ToUnixTimeSeconds(),
            },
            cancellationToken);
    }

    public Task CloseAsync(DailyBalance ended, DayClose close, DailyBalance next, CancellationToken cancellationToken)
    {
        // Of several callers at once, the one whose statement finds the day open closes it; the others change nothing.
        const string Sql = """
            UPDATE daily_balances
            SET end_balance = @EndBalance, end_as_of = @EndAsOf, account_value = @EndBalance, daily_pnl = @Pnl, daily_pnl_percentage = @PnlPercent,
                net_transfers = @NetTransfers, pnl_source = @Source, missing = @Missing, target_achieved = @IsTargetReached, significant_loss = @IsSignificantLoss,
                updated_at = @Now
            WHERE user_address = @Address AND user_date = @Date AND end_balance IS NULL
            """;

        var row = new
        {
            Address = ended.Address.ToString(),
            ended.Date,
            close.EndBalance,
            EndAsOf = close.AsOf.ToUnixTimeSeconds(),
            close.Pnl,
            close.PnlPercent,
            close.NetTransfers,
            Source = FromBalances,
            Missing = TextOf(close.Missing),
            close.IsTargetReached,
            close.IsSignificantLoss,
            Now = clock.GetInstant().ToUnixTimeSeconds(),
        };
        return database.InTransactionAsync(
            async () =>
            {
                if (await SettleAsync(Sql, row, ended, close, cancellationToken))
                {
                    await OpenAsync(next, cancellationToken);
                }

                return true;
            },
            cancellationToken);
    }

    public async Task<UnjudgedDay?> FindUnjudgedAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT user_address AS Address, user_date AS Date, date AS UtcDate, timezone_offset AS TimezoneOffset, ends_at AS EndsAt,
                   start_balance AS StartBalance, start_as_of AS StartAsOf, perps_value AS PerpsValue, spot_value AS SpotValue,
                   starts_at AS StartsAt, ledger_from AS LedgerFrom, end_balance AS EndBalance, end_as_of AS EndAsOf
            FROM daily_balances
            WHERE user_address = @Address AND missing = @Ledger AND ends_at IS NOT NULL
              AND user_date = (
                SELECT MAX(closed.user_date) FROM daily_balances AS closed
                WHERE closed.user_address = @Address AND closed.end_balance IS NOT NULL)
            """;

        return (await database.FindAsync<DayRow>(Sql, new { Address = address.ToString(), Ledger }, cancellationToken))?.ToUnjudgedDay();
    }

    public Task JudgeAsync(UnjudgedDay day, DayClose close, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE daily_balances
            SET daily_pnl = @Pnl, daily_pnl_percentage = @PnlPercent, net_transfers = @NetTransfers, missing = @Missing,
                target_achieved = @IsTargetReached, significant_loss = @IsSignificantLoss, updated_at = @Now
            WHERE user_address = @Address AND user_date = @Date AND missing = @Ledger
            """;

        var row = new
        {
            Address = day.Day.Address.ToString(),
            day.Day.Date,
            Ledger,
            close.Pnl,
            close.PnlPercent,
            close.NetTransfers,
            Missing = TextOf(close.Missing),
            close.IsTargetReached,
            close.IsSignificantLoss,
            Now = clock.GetInstant().ToUnixTimeSeconds(),
        };
        return database.InTransactionAsync(() => SettleAsync(Sql, row, day.Day, close, cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlyList<WalletAddress>> ListDueAsync(Instant activeSince, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT trader.user_address
            FROM traders AS trader
            WHERE trader.last_sign_in_at >= @ActiveSince
              AND NOT EXISTS (
                SELECT 1 FROM daily_balances AS day
                WHERE day.user_address = trader.user_address AND day.end_balance IS NULL AND day.ends_at > @Now)
            ORDER BY trader.user_address
            """;

        var addresses = await database.QueryAsync<string>(
            Sql, new { ActiveSince = activeSince.ToUnixTimeSeconds(), Now = now.ToUnixTimeSeconds() }, cancellationToken);
        return addresses.Select(WalletAddress.Parse).ToList();
    }

    /// <summary>Writes what became of a day, and counts it in the streaks, in the caller's transaction; false when another caller was quicker.</summary>
    private async Task<bool> SettleAsync(string sql, object row, DailyBalance day, DayClose close, CancellationToken cancellationToken)
    {
        if (await database.ExecuteAsync(sql, row, cancellationToken) == 0)
        {
            return false;
        }

        var before = await streaks.ReadAsync(day.Address, cancellationToken);
        if (before.After(day.Date, close) is var after && after != before)
        {
            await streaks.SaveAsync(day.Address, after, cancellationToken);
        }

        return true;
    }

    private static string? TextOf(IReadOnlyList<string> missing) => missing.Count == 0 ? null : string.Join(Separator, missing);

    private sealed record DayRow(
        string Address,
        LocalDate Date,
        LocalDate UtcDate,
        decimal TimezoneOffset,
        long EndsAt,
        decimal StartBalance,
        long StartAsOf,
        decimal PerpsValue,
        decimal SpotValue,
        long? StartsAt,
        long? LedgerFrom,
        decimal? EndBalance,
        long? EndAsOf)
    {
        public UnjudgedDay ToUnjudgedDay() => new(ToDay(), EndBalance ?? 0, Instant.FromUnixTimeSeconds(EndAsOf ?? EndsAt));

        public DailyBalance ToDay() => new(
            WalletAddress.Parse(Address),
            Date,
            UtcDate,
            TimezoneOffset,
            Instant.FromUnixTimeSeconds(EndsAt),
            StartBalance,
            Instant.FromUnixTimeSeconds(StartAsOf),
            PerpsValue,
            SpotValue)
        {
            StartsAt = StartsAt is { } startsAt ? Instant.FromUnixTimeSeconds(startsAt) : null,
            LedgerFrom = LedgerFrom is { } ledgerFrom ? Instant.FromUnixTimeMilliseconds(ledgerFrom) : null,
        };
    }
}
