namespace TraderHub.Core.Signals.Telegram;

/// <summary>Does the updates that wait, of all chats.</summary>
public interface IWorkUpdates
{
    /// <summary>Goes on until nothing can be done now, or the time is over.</summary>
    Task ExecuteAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
