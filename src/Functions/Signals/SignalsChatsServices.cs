using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals;

namespace TraderHub.Functions.Signals;

internal static class SignalsChatsServices
{
    /// <summary>What is stored of chats, and its routes.</summary>
    public static IServiceCollection AddSignalsChats(this IServiceCollection services, SettingsReader settings) => services
        .AddSignalsChatsData();
}
