using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Signals;

internal static class SignalsServices
{
    public static void AddSignals(this IServiceCollection services, SettingsReader settings) => services
        .AddSignalsTransport(settings);
}
