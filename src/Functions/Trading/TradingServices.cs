using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Core.Trading.Snapshots;
using TraderHub.Data;
using TraderHub.Data.Platform;
using TraderHub.Data.Trading;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

internal static class TradingServices
{
    public static void AddTrading(this IServiceCollection services, SettingsReader settings) => services
        .AddTradingData()
        .AddHyperliquid(settings)
        .AddKeyedSingleton("trading", (provider, _) => new IdempotentRequests(
            provider.GetRequiredService<TradingDatabase>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(SignInOptions.Read(settings))
        .AddSingleton<IssueNonce>()
        .AddSingleton<VerifyWallet>()
        .AddSingleton<BeginSession>()
        .AddSingleton<SignInTrader>()
        .AddSingleton<SignInByCode>()
        .AddSingleton<SignOutTrader>()
        .AddSingleton<ReadBalance>()
        .AddSingleton<CaptureSnapshots>();
}
