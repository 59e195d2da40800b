using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Signals.Market;
using TraderHub.Data.Platform;
using TraderHub.Data.Upstream.FearGreed;
using TraderHub.Data.Upstream.Quotes;

namespace TraderHub.Data.Signals.Market;

/// <summary>
/// Registers where signals get their prices and indices from. Charts come from where the jobs' prices do (<see cref="DataServices.AddQuotes"/>).
/// </summary>
public static class MarketServices
{
    /// <summary>The sources and the cache.</summary>
    public static IServiceCollection AddSignalsMarketData(this IServiceCollection services, SettingsReader settings)
    {
        DataServices.AddUpstream<CnnIndex>(services, followsRedirects: false);
        DataServices.AddUpstream<CryptoIndex>(services, followsRedirects: false);
        return services
            .AddSingleton(FearGreedOptions.Read(settings))
            .AddSingleton<IFearGreedSource, FearGreedSource>()
            .AddSingleton<FearGreedCacheRows>()
            .AddSingleton<IFearGreedCache, FearGreedCache>()
            .AddSingleton<IPriceChartSource, YahooPriceCharts>();
    }
}
