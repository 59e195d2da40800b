using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Core.Worktime.Statistics;
using TraderHub.Data.Platform;
using TraderHub.Data.Worktime;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

internal static class TimeTrackingServices
{
    public static void AddTimeTracking(this IServiceCollection services, SettingsReader settings) => services
        .AddTimeTrackingData()
        .AddSingleton(new SessionSettings(Duration.FromMinutes(settings.WholeNumber("Worktime:AbandonAfterMinutes", 30, 5, 1440))))
        .AddKeyedSingleton("worktime", (provider, _) => new IdempotentRequests(
            provider.GetRequiredService<WorktimeDatabase>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<StartSession>()
        .AddSingleton<EndSession>()
        .AddSingleton<SeeSession>()
        .AddSingleton<ResumeSession>()
        .AddSingleton<CorrectSession>()
        .AddSingleton<ReplaySessions>()
        .AddSingleton<AbandonStaleSessions>()
        .AddSingleton<CheckDailyStats>()
        .AddSingleton<ReadMatrix>()
        .AddSingleton<DeveloperZone>();
}
