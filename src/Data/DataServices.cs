using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Operations;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Core.Trading.Snapshots;
using TraderHub.Data.Ethereum;
using TraderHub.Data.Operations;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading;
using TraderHub.Data.Trading.SignIn;
using TraderHub.Data.Trading.Snapshots;
using TraderHub.Data.Upstream.Hyperliquid;

namespace TraderHub.Data;

/// <summary>Registers what implements Core's ports.</summary>
public static class DataServices
{
    /// <summary>The trading module's database and repositories, and what operations keep there.</summary>
    public static IServiceCollection AddTradingData(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(DatabaseOptions.Read(settings))
        .AddSingleton<TradingDatabase>()
        .AddSingleton<ISessionRepository, SqlSessionRepository>()
        .AddSingleton<INonceRepository, SqlNonceRepository>()
        .AddSingleton<IWalletSignatures, EthereumSignatures>()
        .AddSingleton<ISnapshotRepository, SqlSnapshotRepository>()
        .AddSingleton<ICronLog, SqlCronLog>()
        .AddSingleton<ITimerStatusStore, SqlTimerStatusStore>();

    /// <summary>The exchange.</summary>
    public static IServiceCollection AddHyperliquid(this IServiceCollection services, SettingsReader settings)
    {
        // The client has its own timeout, on the clock that tests can set.
        services.AddHttpClient<HyperliquidInfo>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services
            .AddSingleton(HyperliquidOptions.Read(settings))
            .AddSingleton<IExchange, HyperliquidExchange>();
    }
}
