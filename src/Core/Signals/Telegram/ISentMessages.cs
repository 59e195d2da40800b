namespace TraderHub.Core.Signals.Telegram;

/// <summary>What has become of messages.</summary>
public interface ISentMessages
{
    /// <summary>The messages whose keys begin with a text.</summary>
    Task<IReadOnlyList<SentMessage>> ListAsync(string keyPrefix, CancellationToken cancellationToken);
}

/// <summary>What has become of a message.</summary>
/// <param name="ChatId">The chat.</param>
/// <param name="Status">What has become of it.</param>
/// <param name="Error">Why it failed.</param>
public sealed record SentMessage(string ChatId, SentStatus Status, string? Error);

/// <summary>The states of a message on its way to Telegram.</summary>
public enum SentStatus
{
    /// <summary>It will be sent.</summary>
    Waiting,

    /// <summary>Telegram has accepted it.</summary>
    Sent,

    /// <summary>It was refused, or its chat is gone.</summary>
    Failed,
}
