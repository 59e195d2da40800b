using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Operations;
using TraderHub.Core.Operations.Health;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Operations;

internal static class OperationsServices
{
    public static void AddOperations(this IServiceCollection services, SettingsReader settings)
    {
        services.AddSingleton(TimersOptions.Read(settings));
        services.AddSingleton<TimerRecorder>();
        services.AddSingleton<CronJob>();
        services.AddSingleton<CleanupOldData>();
        services.AddSingleton(provider => new CheckHealth(
            provider.GetServices<IHealthCheck>(),
            provider.GetRequiredService<TimerRecorder>().Timers,
            provider.GetRequiredService<ITimerStatusStore>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PurgeExpiredKeys>();
    }
}
