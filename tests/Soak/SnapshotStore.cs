using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Trading;
using TraderHub.Data.Trading.SignIn;

namespace TraderHub.Soak;

/// <summary>The store of the host, from beside: who is signed in, and what was captured.</summary>
internal sealed class SnapshotStore(TradingDatabase database)
{
    /// <summary>Prepares the store, and gives each trader a session.</summary>
    public async Task SignInAsync(IEnumerable<WalletAddress> traders)
    {
        await new MigrationRunner(database, TimeProvider.System).MigrateAsync(CancellationToken.None);
        var sessions = new SqlSessionRepository(database);
        var now = TimeProvider.System.GetInstant();
        foreach (var trader in traders)
        {
            await sessions.AddAsync(SessionToken.Hash(SessionToken.Create()), trader, now, now + Duration.FromDays(1), CancellationToken.None);
        }
    }

    public async Task<long> CountAsync() => await ScalarAsync("SELECT COUNT(*) FROM position_snapshots");

    /// <summary>Whether more than so many runs have ended.</summary>
    public async Task<bool> IsCompletedAsync(int since = 0) =>
        await ScalarAsync("SELECT COUNT(*) FROM cron_logs WHERE job_name = 'CaptureSnapshots' AND status <> 'started'") > since;

    public async Task<SnapshotResult> ReadResultAsync()
    {
        const string Doubled = "SELECT COUNT(*) FROM (SELECT 1 FROM position_snapshots GROUP BY user_address, snapshot_time HAVING COUNT(*) > 1) AS doubled";
        const string Runs = """
            SELECT status || ', processed ' || users_processed || ', failed ' || users_failed || ', skipped ' || users_skipped
                || COALESCE(', ' || execution_time_ms || ' ms', '') || COALESCE(', ' || error_message, '')
            FROM cron_logs WHERE job_name = 'CaptureSnapshots' ORDER BY id
            """;
        return new(
            await CountAsync(),
            await ScalarAsync(Doubled),
            await ScalarAsync("SELECT COUNT(DISTINCT snapshot_time) FROM position_snapshots"),
            await ScalarAsync("SELECT COUNT(*) FROM snapshot_gaps"),
            [.. await database.QueryAsync<string>(Runs, null, CancellationToken.None)]);
    }

    private async Task<long> ScalarAsync(string sql) => (await database.QueryAsync<long>(sql, null, CancellationToken.None))[0];
}

/// <summary>What was captured.</summary>
internal sealed record SnapshotResult(long Snapshots, long Doubled, long Slots, long Gaps, List<string> Runs);
