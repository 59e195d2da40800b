using NodaTime;

namespace TraderHub.Core.Signals.Telegram.Forgetting;

/// <summary>What is kept of chats beside the keys that move.</summary>
public interface IChatRecords
{
    /// <summary>Notes when a chat has asked to be forgotten.</summary>
    Task SetForgetAskedAsync(string chatId, Instant at, CancellationToken cancellationToken);

    /// <summary>When a chat has asked to be forgotten; null when it has not.</summary>
    Task<Instant?> FindForgetAskedAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the user, the messages, the updates' texts, what was put aside and every other row of a chat, and that it has asked for it. Ids of updates stay, so that a
    /// repetition is known, without the chat.
    /// </summary>
    Task DeleteAsync(string chatId, CancellationToken cancellationToken);
}
