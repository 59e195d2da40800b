using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Operations;
using TraderHub.Core.Operations.Health;
using TraderHub.Data.Operations;
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
        services.AddKeyProtection(KeyProtection.Read(settings));
    }

    /// <summary>The keys that encrypt what is stored, themselves in the store of all instances.</summary>
    private static void AddKeyProtection(this IServiceCollection services, KeyProtection protection)
    {
        services.AddSingleton(protection);
        services.AddHostedService<KeyProtectionNotice>();
        var dataProtection = services.AddDataProtection().SetApplicationName("TraderHub");
        if (protection.Certificate is { } certificate)
        {
            dataProtection.UnprotectKeysWithAnyCertificate(certificate);
        }

        services.AddOptions<KeyManagementOptions>().Configure<SqlDataProtectionKeys>((options, keys) =>
        {
            options.XmlRepository = keys;
            options.XmlEncryptor = protection.Encryptor;
        });

        // It warns at each start of keys that are stored as they are; KeyProtectionNotice says what to do.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
    }
}
