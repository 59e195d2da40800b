using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Market;
using TraderHub.Core.Signals.Migration;
using TraderHub.Core.Signals.Telegram.Moves;
using TraderHub.Data.Signals.Chats;
using TraderHub.Data.Signals.Telegram;

namespace TraderHub.Data.Signals;

/// <summary>Registers what is stored of chats, and the cache beside it.</summary>
public static class SignalsChatsServices
{
    /// <summary>The chats and the repositories, through the migration engine.</summary>
    public static IServiceCollection AddSignalsChatsData(this IServiceCollection services) => services
        .AddSignalsRetention()
        .AddKeyedSingleton("signals", ChatStore.Operation)
        .AddSingleton(provider => new ChatStore(
            GroupOf(provider),
            provider.GetRequiredService<ReadKey>(),
            provider.GetRequiredService<WriteKey>(),
            provider.GetRequiredService<WriteKeys>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IChatStore>(provider => new MovedChatStore(
            provider.GetRequiredService<ChatStore>(), provider.GetRequiredService<IChatMoves>(), provider.GetRequiredService<MoveChat>()))
        .AddSingleton<ISubscriptionRepository>(provider => new SubscriptionRepository(ValuesOf(provider, new SubscriptionsEntity())))
        .AddSingleton<IWatchlistRepository>(provider => new WatchlistRepository(ValuesOf(provider, new WatchlistEntity())))
        .AddSingleton<IExecutionRepository>(provider => new ExecutionRepository(ValuesOf(provider, new ExecutionsEntity())))
        .AddSingleton<IPositionRepository>(provider => new PositionRepository(ValuesOf(provider, new PositionsEntity())))
        .AddSingleton<ICacheRepository>(provider => new CacheRepository(
            provider.GetRequiredService<SignalsDatabase>(), ValuesOf(provider, new FearGreedEntity()), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<SqlChatMoves>()
        .AddSingleton<IChatMoves>(provider => provider.GetRequiredService<SqlChatMoves>());

    private static ManagedValues<TValue> ValuesOf<TValue>(IServiceProvider provider, IEntity<TValue> entity) =>
        new(entity, GroupOf(provider), provider.GetRequiredService<ReadKey>(), provider.GetRequiredService<WriteKey>());

    private static EntityGroup GroupOf(IServiceProvider provider) => provider.GetRequiredKeyedService<EntityGroup>("signals");
}
