using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Data.Operations;

namespace TraderHub.Data.Trading;

/// <summary>What the trading store need not keep for ever (rule O4).</summary>
internal static class TradingRetention
{
    private const string Snapshots = """
        DELETE FROM position_snapshots
        WHERE id IN (SELECT id FROM position_snapshots WHERE snapshot_time < @Before ORDER BY snapshot_time LIMIT @AtMost)
        """;

    private const string Gaps = """
        DELETE FROM snapshot_gaps
        WHERE (user_address, snapshot_time) IN (
            SELECT user_address, snapshot_time FROM snapshot_gaps WHERE snapshot_time < @Before ORDER BY snapshot_time LIMIT @AtMost)
        """;

    private const string CronLogs = """
        DELETE FROM cron_logs WHERE id IN (SELECT id FROM cron_logs WHERE created_at < @Before ORDER BY created_at LIMIT @AtMost)
        """;

    private const string Sessions = """
        DELETE FROM user_sessions WHERE id IN (SELECT id FROM user_sessions WHERE expires_at < @Before ORDER BY expires_at LIMIT @AtMost)
        """;

    private const string Nonces = """
        DELETE FROM auth_nonces WHERE nonce IN (SELECT nonce FROM auth_nonces WHERE expires_at < @Before LIMIT @AtMost)
        """;

    private const string SignInCodes = """
        DELETE FROM sign_in_codes WHERE id IN (SELECT id FROM sign_in_codes WHERE expires_at < @Before LIMIT @AtMost)
        """;

    private const string AuditEntries = """
        DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE happened_at < @Before ORDER BY happened_at LIMIT @AtMost)
        """;

    private const string EndedOperatorSignIns = """
        DELETE FROM ended_operator_sign_ins WHERE id IN (SELECT id FROM ended_operator_sign_ins WHERE expires_at < @Before LIMIT @AtMost)
        """;

    private const string IdempotencyKeys = """
        DELETE FROM idempotency_keys
        WHERE (caller, method, route, idempotency_key) IN (
            SELECT caller, method, route, idempotency_key FROM idempotency_keys WHERE created_at < @Before ORDER BY created_at LIMIT @AtMost)
        """;

    /// <summary>Registers what <c>CleanupOldData</c> deletes, and after how long.</summary>
    public static IServiceCollection AddTradingRetention(this IServiceCollection services) => services
        .AddExpiringHistory<TradingDatabase>("position snapshots", Snapshots)
        .AddExpiringHistory<TradingDatabase>("snapshot gaps", Gaps)
        .AddExpiringHistory<TradingDatabase>("runs of timers", CronLogs)
        .AddExpiring<TradingDatabase>("sessions", Sessions, Duration.Zero)
        .AddExpiring<TradingDatabase>("nonces", Nonces, Duration.Zero)
        .AddExpiring<TradingDatabase>("sign-in codes", SignInCodes, Duration.Zero)
        .AddExpiring<TradingDatabase>("ended sign-ins of operators", EndedOperatorSignIns, Duration.Zero)
        .AddExpiring<TradingDatabase>("audit entries", AuditEntries, Duration.FromDays(400))
        .AddExpiring<TradingDatabase>("idempotency keys", IdempotencyKeys, Duration.FromHours(24));
}
