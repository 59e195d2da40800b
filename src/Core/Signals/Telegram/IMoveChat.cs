namespace TraderHub.Core.Signals.Telegram;

/// <summary>Moves everything that is stored of a group to the supergroup that it has become.</summary>
public interface IMoveChat
{
    /// <summary>Moves a chat; told again, it changes nothing.</summary>
    Task ExecuteAsync(string oldChatId, string newChatId, CancellationToken cancellationToken);
}
