namespace TraderHub.Core.Signals.Telegram;

/// <summary>The messages that are to be sent, in the order of each chat.</summary>
public interface ITelegramOutbox
{
    /// <summary>Adds messages, each key once, to the chats that their chats have become. Within a transaction of the signals database they are part of it.</summary>
    Task AddAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken);

    /// <summary>Sends what is due of one chat now, for as long as is given; what is left is sent later.</summary>
    Task SendAsync(string chatId, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Sends what is due of all chats until nothing is, or the time is over.</summary>
    Task SendAllAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
