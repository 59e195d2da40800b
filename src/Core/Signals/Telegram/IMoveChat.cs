namespace TraderHub.Core.Signals.Telegram;

/// <summary>Moves everything that is stored of a group to the supergroup that it has become.</summary>
public interface IMoveChat
{
    /// <summary>Moves it once, however often it is asked for.</summary>
    /// <param name="oldChatId">The group.</param>
    /// <param name="newChatId">The supergroup.</param>
    /// <param name="cancellationToken">Ends it; whoever asks again finishes it.</param>
    Task ExecuteAsync(string oldChatId, string newChatId, CancellationToken cancellationToken);
}
