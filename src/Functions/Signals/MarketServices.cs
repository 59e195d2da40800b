using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Signals.Market;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals.Market;

namespace TraderHub.Functions.Signals;

internal static class MarketServices
{
    /// <summary>Indices, charts and what they come to.</summary>
    public static IServiceCollection AddSignalsMarket(this IServiceCollection services, SettingsReader settings) => services
        .AddSignalsMarketData(settings)
        .AddSingleton<ReadIndex>()
        .AddSingleton<IReadMarket, ReadMarket>()
        .AddSingleton<CleanSignalsCache>();
}
