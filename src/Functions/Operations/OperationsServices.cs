using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Operations;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Operations;

internal static class OperationsServices
{
    public static void AddOperations(this IServiceCollection services, SettingsReader settings)
    {
        services.AddSingleton(TimersOptions.Read(settings));
        services.AddSingleton<CronJob>();
        services.AddSingleton<PurgeExpiredKeys>();
    }
}
