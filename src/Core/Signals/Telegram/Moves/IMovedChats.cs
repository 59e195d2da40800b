namespace TraderHub.Core.Signals.Telegram.Moves;

/// <summary>What else is kept of chats, beside the keys that move.</summary>
public interface IMovedChats
{
    /// <summary>Notes that a chat has a new id, before anything is moved; false when it has moved whole already, or the new id is itself an old one of it.</summary>
    Task<bool> TryBeginAsync(string oldChatId, string newChatId, CancellationToken cancellationToken);

    /// <summary>Addresses the messages that wait to the new id, and notes that everything has moved.</summary>
    Task EndAsync(string oldChatId, string newChatId, CancellationToken cancellationToken);
}
