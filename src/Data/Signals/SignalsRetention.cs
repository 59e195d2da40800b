using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Data.Operations;

namespace TraderHub.Data.Signals;

/// <summary>What the signals store need not keep for ever (rule O4). Histories of chats stay.</summary>
internal static class SignalsRetention
{
    private const string IdempotencyKeys = """
        DELETE FROM idempotency_keys
        WHERE (caller, method, route, idempotency_key) IN (
            SELECT caller, method, route, idempotency_key FROM idempotency_keys WHERE created_at < @Before ORDER BY created_at LIMIT @AtMost)
        """;

    /// <summary>Registers what <c>CleanupOldData</c> deletes, and after how long.</summary>
    public static IServiceCollection AddSignalsRetention(this IServiceCollection services) => services
        .AddExpiring<SignalsDatabase>("idempotency keys of signals", IdempotencyKeys, Duration.FromHours(24));
}
