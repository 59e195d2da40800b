using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Chats;

/// <summary>The chats that receive broadcasts. Ids are text; a number and its text are one chat.</summary>
public interface ISubscriptionRepository
{
    /// <summary>All of them, in one order.</summary>
    /// <exception cref="UnreadableDataException">The list is there and cannot be read.</exception>
    Task<IReadOnlyList<string>> GetChatIdsAsync(CancellationToken cancellationToken);

    /// <summary>Adds a chat, or brings one back that left; false when it is subscribed already.</summary>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task<bool> AddAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Ends a chat's subscription, and nothing else of it; false when there is none.</summary>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task<bool> RemoveAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Whether a chat is subscribed.</summary>
    /// <exception cref="UnreadableDataException">The list is there and cannot be read.</exception>
    Task<bool> ExistsAsync(string chatId, CancellationToken cancellationToken);
}
