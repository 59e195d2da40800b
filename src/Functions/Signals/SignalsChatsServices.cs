using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Signals;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals;
using TraderHub.Data.Upstream.Telegram;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Signals;

internal static class SignalsChatsServices
{
    /// <summary>What is stored of chats, and its routes.</summary>
    public static IServiceCollection AddSignalsChats(this IServiceCollection services, SettingsReader settings)
    {
        var watchlistLimit = settings.WholeNumber("Signals:WatchlistLimit", 50, 1, 1000);
        return services
            .AddSignalsChatsData()
            .AddSingleton(provider => new SignalsOptions(watchlistLimit, provider.GetRequiredService<TelegramOptions>().AdminChatId))
            .AddSingleton<RequestedChat>()
            .AddKeyedSingleton("signals", (provider, _) => new IdempotentRequests(
                provider.GetRequiredService<SignalsDatabase>(), provider.GetRequiredService<TimeProvider>()));
    }
}
