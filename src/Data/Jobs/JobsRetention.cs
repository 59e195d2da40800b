using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Data.Operations;

namespace TraderHub.Data.Jobs;

/// <summary>What the jobs store need not keep for ever (rule O4). Executions and their results are its history, and stay.</summary>
internal static class JobsRetention
{
    private const string Stages = """
        DELETE FROM job_stage_log WHERE id IN (SELECT id FROM job_stage_log WHERE started_at < @BeforeIso ORDER BY id LIMIT @AtMost)
        """;

    private const string IdempotencyKeys = """
        DELETE FROM idempotency_keys
        WHERE (caller, method, route, idempotency_key) IN (
            SELECT caller, method, route, idempotency_key FROM idempotency_keys WHERE created_at < @Before ORDER BY created_at LIMIT @AtMost)
        """;

    /// <summary>Registers what <c>CleanupOldData</c> deletes, and after how long.</summary>
    public static IServiceCollection AddJobsRetention(this IServiceCollection services) => services
        .AddExpiringHistory<JobsDatabase>("stages of jobs", Stages)
        .AddExpiring<JobsDatabase>("idempotency keys of jobs", IdempotencyKeys, Duration.FromHours(24));
}
