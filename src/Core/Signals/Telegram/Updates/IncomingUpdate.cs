namespace TraderHub.Core.Signals.Telegram.Updates;

/// <summary>What of an update matters here.</summary>
/// <param name="UpdateId">Telegram's number of the update.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="ChatId">The chat; null where there is nothing to do.</param>
public sealed record IncomingUpdate(long UpdateId, UpdateKind Kind, string? ChatId = null)
{
    /// <summary>Whether the chat is a group.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The message's text.</summary>
    public string? Text { get; init; }

    /// <summary>The user who wrote; null for anonymous administrators and channels.</summary>
    public long? UserId { get; init; }

    /// <summary>Whether the group itself is the author, which is how anonymous administrators write.</summary>
    public bool IsByGroup { get; init; }

    /// <summary>The other id of a group that has become a supergroup.</summary>
    public string? OtherChatId { get; init; }
}

/// <summary>The kinds of updates that are told apart here.</summary>
public enum UpdateKind
{
    /// <summary>Nothing that matters here: edits, posts of channels, stickers, kinds that are not known today.</summary>
    Other,

    /// <summary>A command.</summary>
    Command,

    /// <summary>The bot was blocked or removed.</summary>
    BotLeft,

    /// <summary>The bot was unblocked or added.</summary>
    BotJoined,

    /// <summary>The chat has become <see cref="IncomingUpdate.OtherChatId"/>.</summary>
    MovedTo,

    /// <summary>The chat was <see cref="IncomingUpdate.OtherChatId"/> before.</summary>
    MovedFrom,
}
