namespace TraderHub.Core.Signals.Telegram;

/// <summary>What waits and what has failed, for operators.</summary>
public interface ITelegramQueues
{
    /// <summary>How many updates and messages wait and have failed.</summary>
    Task<TelegramQueueCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>The newest updates that have failed.</summary>
    Task<IReadOnlyList<FailedUpdate>> ListFailedAsync(CancellationToken cancellationToken);

    /// <summary>Lets an update that has failed wait again; false when there is no such one.</summary>
    Task<bool> RetryAsync(long updateId, CancellationToken cancellationToken);
}

/// <summary>How much waits and has failed.</summary>
/// <param name="WaitingUpdates">Updates that wait to be worked on.</param>
/// <param name="FailedUpdates">Updates that were set aside.</param>
/// <param name="WaitingMessages">Messages that wait to be sent.</param>
/// <param name="FailedMessages">Messages of the last week that could not be sent.</param>
public sealed record TelegramQueueCounts(long WaitingUpdates, long FailedUpdates, long WaitingMessages, long FailedMessages);

/// <summary>An update that was set aside.</summary>
/// <param name="UpdateId">Its id.</param>
/// <param name="ChatId">Its chat; null when it has none.</param>
/// <param name="ReceivedAt">When it came, in unix milliseconds.</param>
/// <param name="Error">Why it failed.</param>
public sealed record FailedUpdate(long UpdateId, string? ChatId, long ReceivedAt, string? Error);
