using Microsoft.Extensions.DependencyInjection;

namespace TraderHub.Functions.Migration;

internal static class MigrationFunctionServices
{
    public static void AddMigrationFunctions(this IServiceCollection services) => services
        .AddSingleton<GroupOperations>()
        .AddHostedService<Heartbeats>();
}
