using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Signals.Chats;

namespace TraderHub.Data.Signals;

/// <summary>Registers what is stored of chats.</summary>
public static class SignalsChatsServices
{
    /// <summary>The chats, through the migration engine.</summary>
    public static IServiceCollection AddSignalsChatsData(this IServiceCollection services) => services
        .AddKeyedSingleton("signals", ChatStore.Operation)
        .AddSingleton<IChatStore>(provider => new ChatStore(
            provider.GetRequiredKeyedService<EntityGroup>("signals"),
            provider.GetRequiredService<ReadKey>(),
            provider.GetRequiredService<WriteKey>(),
            provider.GetRequiredService<WriteKeys>(),
            provider.GetRequiredService<TimeProvider>()));
}
