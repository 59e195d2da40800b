using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Signals;

internal static class SignalsServices
{
    /// <summary>The signals module, part by part.</summary>
    public static void AddSignals(this IServiceCollection services, SettingsReader settings)
    {
        services.AddSignalsChats(settings);
        services.AddSignalsMarket(settings);
        services.AddSignalsTransport(settings);
        services.AddSignalsBot();
    }
}
