using System.Text.Json;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Snapshots;

namespace TraderHub.Data.Trading.Snapshots;

internal sealed class SqlSnapshotRepository(TradingDatabase database, TimeProvider clock) : ISnapshotRepository
{
    private const string LookedAt = "UPDATE traders SET last_slot = @Slot WHERE user_address = @Address";

    public async Task<IReadOnlyList<WalletAddress>> ListDueAsync(Instant slot, Instant activeSince, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT user_address
            FROM traders
            WHERE last_sign_in_at >= @ActiveSince AND COALESCE(last_slot, 0) < @Slot
            ORDER BY COALESCE(last_slot, 0), user_address
            """;

        var addresses = await database.QueryAsync<string>(
            Sql, new { ActiveSince = activeSince.ToUnixTimeSeconds(), Slot = slot.ToUnixTimeSeconds() }, cancellationToken);
        return addresses.Select(WalletAddress.Parse).ToList();
    }

    public Task SaveAsync(PositionSnapshot snapshot, CancellationToken cancellationToken)
    {
        const string Insert = """
            INSERT INTO position_snapshots
                (user_address, snapshot_time, positions, total_pnl, account_value, total_value, leverage, margin_used, created_at)
            VALUES (@Address, @Slot, @Positions, @TotalPnl, @AccountValue, @Total, @Leverage, @MarginUsed, @CreatedAt)
            ON CONFLICT (user_address, snapshot_time) DO NOTHING
            """;
        const string CloseGap = "DELETE FROM snapshot_gaps WHERE user_address = @Address AND snapshot_time = @Slot";

        var balance = snapshot.Balance;
        var row = new
        {
            Address = balance.Parts.Address.ToString(),
            Slot = snapshot.Slot.ToUnixTimeSeconds(),
            Positions = JsonSerializer.Serialize(balance.Positions.Select(StoredPosition.From), StoredPositionJson.Default.IEnumerableStoredPosition),
            TotalPnl = balance.UnrealizedPnl ?? balance.Positions.Sum(position => position.UnrealizedPnl),
            balance.Parts.MainPerps.AccountValue,
            balance.Total,
            Leverage = balance.Leverage ?? 0,
            balance.Parts.MainPerps.MarginUsed,
            CreatedAt = clock.GetInstant().ToUnixTimeSeconds(),
        };
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync(Insert, row, cancellationToken);
                await database.ExecuteAsync(CloseGap, row, cancellationToken);
                return await database.ExecuteAsync(LookedAt, row, cancellationToken);
            },
            cancellationToken);
    }

    public Task SaveNothingAsync(WalletAddress address, Instant slot, CancellationToken cancellationToken) =>
        database.ExecuteAsync(LookedAt, new { Address = address.ToString(), Slot = slot.ToUnixTimeSeconds() }, cancellationToken);

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
