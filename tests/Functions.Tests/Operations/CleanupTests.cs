using Dapper;
using Microsoft.Data.Sqlite;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Operations;

public sealed class CleanupTests
{
    private const long Now = 1795254000;
    private const long Day = 86_400;

    [Fact]
    public async Task CleanupOldData_ForgetsOldStagesAndKeysOfJobs_AndKeepsTheirExecutions()
    {
        await using var host = await TestHost.StartAsync();
        host.Execute(
            $"""
            INSERT INTO job_executions (id, job_type, execution_date, status, executed_at) VALUES (1, 'report', '2026-10-21', 'success', '2026-10-21T09:40:00.000Z');
            INSERT INTO job_stage_log (job_execution_id, stage, status, started_at)
            VALUES (1, 'old', 'done', '2026-10-22T09:39:59.999Z'), (1, 'young', 'done', '2026-10-22T09:40:00.000Z');
            INSERT INTO idempotency_keys VALUES
                ('a', 'POST', '/', 'old', '', 200, NULL, NULL, NULL, {Now - Day - 1}), ('a', 'POST', '/', 'young', '', 200, NULL, NULL, NULL, {Now - Day + 1});
            """,
            "jobs");

        await CleanUpAsync(host);

        Assert.Equal(["young"], host.Query<string>("SELECT stage FROM job_stage_log", "jobs"));
        Assert.Equal(["young"], host.Query<string>("SELECT idempotency_key FROM idempotency_keys", "jobs"));
        Assert.Equal([1], host.Query<long>("SELECT id FROM job_executions", "jobs"));
    }

    [Fact]
    public async Task CleanupOldData_ForgetsWhatDevelopersSignedInWith_OnceItHasEnded()
    {
        await using var host = await TestHost.StartAsync();
        host.Execute(
            $"""
            INSERT INTO users (id, github_user_id, github_username, created_at, last_active) VALUES (1, '1', 'a', '', '');
            INSERT INTO auth_states VALUES ('old', '', '', {Now - 1}), ('young', '', '', {Now + 1});
            INSERT INTO token_families VALUES ('old', 1, '', NULL, 0, 0, {Now - 1}, NULL), ('young', 1, '', NULL, 0, 0, {Now + 1}, {Now - 1});
            INSERT INTO webhook_deliveries VALUES ('old', '', 0, {Now - (30 * Day) - 1}), ('young', '', 0, {Now - (30 * Day) + 1});
            """,
            "worktime");

        await CleanUpAsync(host);

        Assert.All(
            ["auth_states", "token_families", "webhook_deliveries"],
            table => Assert.Equal(["young"], host.Query<string>($"SELECT id FROM {table}", "worktime")));
    }

    [Fact]
    public async Task CleanupOldData_DeletesWhatIsTooOldInBatches_AndNothingElse()
    {
        await using var host = await TestHost.StartAsync();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataFolder, "trading.db")};Pooling=False"))
        {
            // More than two batches of old snapshots, and one of everything on either side of its limit.
            connection.Execute($"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
                INSERT INTO position_snapshots (user_address, snapshot_time, positions, total_pnl, account_value, leverage, margin_used, created_at)
                SELECT '0x1', {Now - (31 * Day)} - i, '[]', 0, 0, 0, 0, 0 FROM n;
                INSERT INTO position_snapshots (user_address, snapshot_time, positions, total_pnl, account_value, leverage, margin_used, created_at)
                VALUES ('0x1', {Now - (29 * Day)}, '[]', 0, 0, 0, 0, 0);
                INSERT INTO snapshot_gaps VALUES ('0x1', {Now - (31 * Day)}, 'old', 0), ('0x1', {Now - (29 * Day)}, 'young', 0);
                INSERT INTO cron_logs (job_name, status, users_processed, users_failed, users_skipped, created_at)
                VALUES ('old', 'completed', 0, 0, 0, {Now - (31 * Day)}), ('young', 'completed', 0, 0, 0, {Now - (29 * Day)});
                INSERT INTO user_sessions VALUES ('old', '0x1', 0, {Now - 1}), ('young', '0x1', 0, {Now + 1});
                INSERT INTO auth_nonces VALUES ('old', '0x1', 'login', 0, {Now - 1}), ('young', '0x1', 'login', 0, {Now + 1});
                INSERT INTO sign_in_codes VALUES ('old', '0x1', {Now - 1}), ('young', '0x1', {Now + 1});
                INSERT INTO idempotency_keys VALUES
                    ('a', 'POST', '/', 'old', '', 200, NULL, NULL, NULL, {Now - Day - 1}), ('a', 'POST', '/', 'young', '', 200, NULL, NULL, NULL, {Now - Day + 1});
                """);
        }

        await CleanUpAsync(host);

        Assert.Equal([Now - (29 * Day)], host.Query<long>("SELECT snapshot_time FROM position_snapshots"));
        Assert.Equal(["young"], host.Query<string>("SELECT reason FROM snapshot_gaps"));
        Assert.Equal(["young", "CleanupOldData"], host.Query<string>("SELECT job_name FROM cron_logs ORDER BY id"));
        Assert.Equal(["young"], host.Query<string>("SELECT id FROM user_sessions"));
        Assert.Equal(["young"], host.Query<string>("SELECT nonce FROM auth_nonces"));
        Assert.Equal(["young"], host.Query<string>("SELECT id FROM sign_in_codes"));
        Assert.Equal(["young"], host.Query<string>("SELECT idempotency_key FROM idempotency_keys"));
    }

    private static async Task CleanUpAsync(TestHost host)
    {
        (await host.RunTimerAsync("CleanupOldData")).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => host.Query<string>("SELECT status FROM cron_logs WHERE job_name = 'CleanupOldData'") is ["completed"]);
    }
}
