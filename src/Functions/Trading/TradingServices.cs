using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Core.Trading.Snapshots;
using TraderHub.Data;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Trading;

internal static class TradingServices
{
    public static void AddTrading(this IServiceCollection services, SettingsReader settings) => services
        .AddTradingData(settings)
        .AddHyperliquid(settings)
        .AddSingleton(SignInOptions.Read(settings))
        .AddSingleton<IssueNonce>()
        .AddSingleton<VerifyWallet>()
        .AddSingleton<SignInTrader>()
        .AddSingleton<SignOutTrader>()
        .AddSingleton<ReadBalance>()
        .AddSingleton<CaptureSnapshots>();
}
