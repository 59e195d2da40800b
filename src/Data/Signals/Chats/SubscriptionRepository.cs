using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Data.Signals.Chats;

internal sealed class SubscriptionRepository(ManagedValues<IReadOnlyList<string>> subscriptions) : ISubscriptionRepository
{
    public async Task<IReadOnlyList<string>> GetChatIdsAsync(CancellationToken cancellationToken) =>
        [.. ((await subscriptions.ReadAsync(SubscriptionsEntity.Key, cancellationToken)).Value ?? []).Order(StringComparer.Ordinal)];

    public Task<bool> AddAsync(string chatId, CancellationToken cancellationToken) => subscriptions.ChangeAsync(
        SubscriptionsEntity.Key, ids => ids.Contains(chatId) ? EngineWrites.NothingToWrite : (string[])[.. ids, chatId], cancellationToken);

    public Task<bool> RemoveAsync(string chatId, CancellationToken cancellationToken) => subscriptions.ChangeAsync(
        SubscriptionsEntity.Key, ids => ids.Contains(chatId) ? (string[])[.. ids.Where(id => id != chatId)] : EngineWrites.NothingToWrite, cancellationToken);

    public async Task<bool> ExistsAsync(string chatId, CancellationToken cancellationToken) => (await GetChatIdsAsync(cancellationToken)).Contains(chatId);
}
