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
    /// <summary>
    /// The largest body that the Functions host passes on, in bytes. Kestrel closes the connection of a larger one than its own limit, so that limit stays out of
    /// the way of ours, which is answered.
    /// </summary>
    private const long LargestForwardedBody = 100 * 1024 * 1024;

    public static void AddHttpConventions(this IServiceCollection services, SettingsReader settings)
    {
        services.AddRouting();
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestForwardedBody;
        });
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)

            // A form without its token is refused and logged as every request is; strangers must not fill the log with more.
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Critical));
        services.TryAddSingleton(provider => FunctionCatalog.OfTraderHub().WithoutDisabled(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new FunctionRoutes(
            provider.GetRequiredService<FunctionCatalog>(), provider.GetRequiredService<IInlineConstraintResolver>()));
        services.AddSingleton(AuthOptions.Read(settings));
        services.AddSingleton<Authenticator>();
        services.AddSingleton(ProxyOptions.Read(settings));
        services.AddSingleton<ClientAddresses>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<OperatorSignIns>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<WrongSecrets>();
    }
}
