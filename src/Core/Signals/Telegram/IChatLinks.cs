using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Telegram;

/// <summary>The chats that belong to traders.</summary>
public interface IChatLinks
{
    /// <summary>Links a chat to the trader whose code it is; the trader's address. A code is good for one chat, which may send it again.</summary>
    Task<Result<string>> LinkAsync(string chatId, string code, CancellationToken cancellationToken);

    /// <summary>Links the chat that a chat has become in its place.</summary>
    Task MoveAsync(string oldChatId, string newChatId, CancellationToken cancellationToken);

    /// <summary>Forgets which trader a chat belongs to.</summary>
    Task RemoveAsync(string chatId, CancellationToken cancellationToken);
}
