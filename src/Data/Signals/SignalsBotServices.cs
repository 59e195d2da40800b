using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Core.Signals.Telegram.Forgetting;
using TraderHub.Core.Signals.Telegram.Moves;
using TraderHub.Core.Signals.Telegram.Updates;
using TraderHub.Data.Signals.Telegram;

namespace TraderHub.Data.Signals;

/// <summary>Registers what the bot keeps of updates and chats, and what changes several keys of a chat.</summary>
public static class SignalsBotServices
{
    /// <summary>Updates, moves and forgetting.</summary>
    public static IServiceCollection AddSignalsBotData(this IServiceCollection services) => services
        .AddSingleton<ITelegramUpdates, SqlTelegramUpdates>()
        .AddSingleton<ISentMessages, SqlSentMessages>()
        .AddSingleton<IChatRecords, SqlChatRecords>()
        .AddSingleton<IMovedChats>(provider => provider.GetRequiredService<SqlChatMoves>())
        .AddOperation<MoveChatOperation>()
        .AddOperation<ForgetChatOperation>()
        .AddSingleton(provider => new MoveChat(
            provider.GetRequiredService<IMovedChats>(),
            provider.GetRequiredService<IChatLinks>(),
            GroupOf(provider),
            provider.GetRequiredService<MoveChatOperation>(),
            provider.GetRequiredService<WriteKeys>()))
        .AddSingleton<IMoveChat>(provider => provider.GetRequiredService<MoveChat>())
        .AddSingleton(provider => new ForgetChat(
            provider.GetRequiredService<IChatRecords>(),
            provider.GetRequiredService<IChatLinks>(),
            GroupOf(provider),
            provider.GetRequiredService<ForgetChatOperation>(),
            provider.GetRequiredService<WriteKeys>(),
            provider.GetRequiredService<HeadedStore>(),
            provider.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddOperation<T>(this IServiceCollection services)
        where T : class, IMultiKeyOperation => services
        .AddSingleton<T>()
        .AddKeyedSingleton<IMultiKeyOperation>("signals", (provider, _) => provider.GetRequiredService<T>());

    private static EntityGroup GroupOf(IServiceProvider provider) => provider.GetRequiredKeyedService<EntityGroup>("signals");
}
