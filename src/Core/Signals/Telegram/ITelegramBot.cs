namespace TraderHub.Core.Signals.Telegram;

/// <summary>The Bot API, as far as the bot uses it.</summary>
public interface ITelegramBot
{
    /// <summary>Whether a token is set; without one nothing else may be called.</summary>
    bool IsConfigured { get; }

    /// <summary>The bot's id, which its token begins with.</summary>
    long BotId { get; }

    /// <summary>Sends one message of at most 4096 UTF-16 units.</summary>
    /// <param name="chatId">The chat.</param>
    /// <param name="text">The text.</param>
    /// <param name="isHtml">Whether it is HTML; otherwise it is plain text.</param>
    /// <param name="cancellationToken">Ends it; it may have been sent.</param>
    Task<SendOutcome> SendAsync(string chatId, string text, bool isHtml, CancellationToken cancellationToken);

    /// <summary>The bot's name without the @: the setting, or what the API says, asked once; null when neither is known yet.</summary>
    Task<string?> FindNameAsync(CancellationToken cancellationToken);

    /// <summary>How a chat is shown to a person: its @name, its title or first and last name; null when the API does not say.</summary>
    Task<string?> FindChatTitleAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Whether a user may administer a group; null when the API does not say.</summary>
    Task<bool?> IsAdministratorAsync(string chatId, long userId, CancellationToken cancellationToken);
}

/// <summary>What came of sending a message.</summary>
/// <param name="Kind">What came of it.</param>
public sealed record SendOutcome(SendOutcomeKind Kind)
{
    /// <summary>How long nothing may be sent to the chat; null when the API does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The id that the chat has become.</summary>
    public string? MovedTo { get; init; }

    /// <summary>What the API said of it, without anything secret.</summary>
    public string? Description { get; init; }
}

/// <summary>The ways that sending a message can end.</summary>
public enum SendOutcomeKind
{
    /// <summary>Telegram has accepted the message.</summary>
    Sent,

    /// <summary>Too many were sent; later.</summary>
    TooMany,

    /// <summary>The chat has become another one.</summary>
    Moved,

    /// <summary>The bot may not write to the chat any more (403).</summary>
    Gone,

    /// <summary>There is no such chat (400).</summary>
    NotFound,

    /// <summary>The text's markup is refused (400).</summary>
    BadMarkup,

    /// <summary>It is refused for another reason that will not pass (other 4xx).</summary>
    Refused,

    /// <summary>The API failed, could not be reached or did not answer; it may have been sent.</summary>
    Failed,
}
