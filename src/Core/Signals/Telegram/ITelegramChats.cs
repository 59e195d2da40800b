namespace TraderHub.Core.Signals.Telegram;

/// <summary>What is known of chats on Telegram's side.</summary>
public interface ITelegramChats
{
    /// <summary>Notes that the bot can write to a chat.</summary>
    Task SetFoundAsync(string chatId, CancellationToken cancellationToken);
}
