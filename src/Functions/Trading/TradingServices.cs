using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.CashFlows;
using TraderHub.Core.Trading.Days;
using TraderHub.Core.Trading.Overviews;
using TraderHub.Core.Trading.Settings;
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
        .AddTradingData(settings)
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
        .AddSingleton<ChangeSettings>()
        .AddSingleton<ChosenZone>()
        .AddSingleton<CallerZone>()
        .AddSingleton<ReadBalance>()
        .AddSingleton<ReadCashFlows>()
        .AddSingleton<ReadDayBalance>()
        .AddSingleton<CloseEndedDays>()
        .AddSingleton<ReadTradingDay>()
        .AddSingleton<ReadOverview>()
        .AddSingleton<CaptureSnapshots>()
        .AddSingleton<DailyReset>();
}
