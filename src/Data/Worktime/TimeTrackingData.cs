using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.Worktime.Activities;
using TraderHub.Core.Worktime.Profiles;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Core.Worktime.Statistics;
using TraderHub.Data.Operations;
using TraderHub.Data.Worktime.Activities;
using TraderHub.Data.Worktime.Profiles;
using TraderHub.Data.Worktime.Sessions;
using TraderHub.Data.Worktime.Statistics;

namespace TraderHub.Data.Worktime;

/// <summary>The repositories of developers' time, and what the store need not keep for ever (rule O4).</summary>
public static class TimeTrackingData
{
    private const string IdempotencyKeys = """
        DELETE FROM idempotency_keys
        WHERE (caller, method, route, idempotency_key) IN (
            SELECT caller, method, route, idempotency_key FROM idempotency_keys WHERE created_at < @Before ORDER BY created_at LIMIT @AtMost)
        """;

    /// <summary>Registers them.</summary>
    public static IServiceCollection AddTimeTrackingData(this IServiceCollection services) => services
        .AddSingleton<ITimeSessionRepository, SqlTimeSessionRepository>()
        .AddSingleton<ITimeSessionHistory, SqlTimeSessionHistory>()
        .AddSingleton<IWorktimeStatistics, SqlWorktimeStatistics>()
        .AddSingleton<IActivityRepository, SqlActivityRepository>()
        .AddSingleton<IProfileRepository, SqlProfileRepository>()
        .AddExpiring<WorktimeDatabase>("idempotency keys of worktime", IdempotencyKeys, Duration.FromHours(24));
}
