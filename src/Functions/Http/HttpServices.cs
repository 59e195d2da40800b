using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Http;

/// <summary>What every HTTP function shares.</summary>
internal static class HttpServices
{
    public static void AddHttpConventions(this IServiceCollection services, SettingsReader settings)
    {
        services.AddRouting();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        services.TryAddSingleton(provider => FunctionCatalog.OfTraderHub().WithoutDisabled(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new FunctionRoutes(
            provider.GetRequiredService<FunctionCatalog>(), provider.GetRequiredService<IInlineConstraintResolver>()));
        services.AddSingleton(AuthOptions.Read(settings));
        services.AddSingleton<Authenticator>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<AuditTrail>();
    }
}
