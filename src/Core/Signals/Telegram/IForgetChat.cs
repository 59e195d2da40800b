namespace TraderHub.Core.Signals.Telegram;

/// <summary>Deletes everything that is stored of a chat, in both stores, for good.</summary>
public interface IForgetChat
{
    /// <summary>Notes that a chat has asked for it, and when.</summary>
    Task AskAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Deletes; false when the chat has not asked for it within five minutes, and nothing was deleted.</summary>
    Task<bool> ExecuteAsync(string chatId, CancellationToken cancellationToken);
}
