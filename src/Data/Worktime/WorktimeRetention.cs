using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Data.Operations;

namespace TraderHub.Data.Worktime;

/// <summary>What the worktime store need not keep for ever (rule O4).</summary>
internal static class WorktimeRetention
{
    private const string States = """
        DELETE FROM auth_states WHERE id IN (SELECT id FROM auth_states WHERE expires_at < @Before LIMIT @AtMost)
        """;

    private const string Families = """
        DELETE FROM token_families WHERE id IN (SELECT id FROM token_families WHERE expires_at < @Before ORDER BY expires_at LIMIT @AtMost)
        """;

    private const string Deliveries = """
        DELETE FROM webhook_deliveries
        WHERE id IN (SELECT id FROM webhook_deliveries WHERE received_at < @Before ORDER BY received_at LIMIT @AtMost)
        """;

    private const string IdempotencyKeys = """
        DELETE FROM idempotency_keys
        WHERE (caller, method, route, idempotency_key) IN (
            SELECT caller, method, route, idempotency_key FROM idempotency_keys WHERE created_at < @Before ORDER BY created_at LIMIT @AtMost)
        """;

    /// <summary>Registers what <c>CleanupOldData</c> deletes, and after how long.</summary>
    public static IServiceCollection AddWorktimeRetention(this IServiceCollection services) => services
        .AddExpiring<WorktimeDatabase>("sign-ins that were begun", States, Duration.Zero)
        .AddExpiring<WorktimeDatabase>("sign-ins of developers", Families, Duration.Zero)
        .AddExpiring<WorktimeDatabase>("deliveries of GitHub", Deliveries, Duration.FromDays(30))
        .AddExpiring<WorktimeDatabase>("idempotency keys of worktime", IdempotencyKeys, Duration.FromHours(24));
}
