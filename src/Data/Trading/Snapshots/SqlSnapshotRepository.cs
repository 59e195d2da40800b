using System.Text.Json;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Snapshots;

namespace TraderHub.Data.Trading.Snapshots;

internal sealed class SqlSnapshotRepository(TradingDatabase database, TimeProvider clock) : ISnapshotRepository
{
    public async Task<IReadOnlyList<WalletAddress>> ListDueAsync(Instant slot, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT DISTINCT session.user_address
            FROM user_sessions AS session
            WHERE session.expires_at > @Now
              AND NOT EXISTS (
                SELECT 1 FROM position_snapshots AS snapshot
                WHERE snapshot.user_address = session.user_address AND snapshot.snapshot_time = @Slot)
            ORDER BY session.user_address
            """;

        var addresses = await database.QueryAsync<string>(
            Sql, new { Now = now.ToUnixTimeSeconds(), Slot = slot.ToUnixTimeSeconds() }, cancellationToken);
        return addresses.Select(WalletAddress.Parse).ToList();
    }

    public Task SaveAsync(PositionSnapshot snapshot, CancellationToken cancellationToken)
    {
        const string Insert = """
            INSERT INTO position_snapshots
                (user_address, snapshot_time, positions, total_pnl, account_value, leverage, margin_used, created_at)
            VALUES (@Address, @Slot, @Positions, @TotalPnl, @AccountValue, @Leverage, @MarginUsed, @CreatedAt)
            ON CONFLICT (user_address, snapshot_time) DO NOTHING
            """;
        const string CloseGap = "DELETE FROM snapshot_gaps WHERE user_address = @Address AND snapshot_time = @Slot";

        var account = snapshot.Account;
        var row = new
        {
            Address = snapshot.Address.ToString(),
            Slot = snapshot.Slot.ToUnixTimeSeconds(),
            Positions = JsonSerializer.Serialize(account.Positions.Select(StoredPosition.From), StoredPositionJson.Default.IEnumerableStoredPosition),
            TotalPnl = account.Positions.Sum(position => position.UnrealizedPnl),
            account.AccountValue,
            Leverage = account.AccountValue > 0 ? account.Notional / account.AccountValue : 0,
            account.MarginUsed,
            CreatedAt = clock.GetInstant().ToUnixTimeSeconds(),
        };
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync(Insert, row, cancellationToken);
                return await database.ExecuteAsync(CloseGap, row, cancellationToken);
            },
            cancellationToken);
    }

    public Task SaveGapAsync(SnapshotGap gap, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO snapshot_gaps (user_address, snapshot_time, reason, created_at)
            VALUES (@Address, @Slot, @Reason, @CreatedAt)
            ON CONFLICT (user_address, snapshot_time) DO UPDATE SET reason = excluded.reason, created_at = excluded.created_at
            """;

        return database.ExecuteAsync(
            Sql,
            new
            {
                Address = gap.Address.ToString(),
                Slot = gap.Slot.ToUnixTimeSeconds(),
                gap.Reason,
                CreatedAt = clock.GetInstant().ToUnixTimeSeconds(),
            },
            cancellationToken);
    }
}
