using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Telegram;

/// <summary>How the Bot API brings updates here.</summary>
public interface ITelegramWebhook
{
    /// <summary>Tells the API where to bring updates, with which secret, and which kinds.</summary>
    /// <exception cref="UpstreamException">The API refuses, or gives no usable answer.</exception>
    Task SetAsync(Uri url, CancellationToken cancellationToken);

    /// <summary>The bot and its webhook as the API knows them.</summary>
    /// <exception cref="UpstreamException">The API refuses, or gives no usable answer.</exception>
    Task<WebhookState> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>The bot and its webhook.</summary>
/// <param name="BotId">The bot's id.</param>
/// <param name="BotName">Its name without the @.</param>
/// <param name="Url">Where updates are brought; null when no webhook is set.</param>
/// <param name="WaitingUpdates">How many updates wait at the API.</param>
/// <param name="LastErrorAt">When bringing one last failed, in unix seconds; null when none did.</param>
/// <param name="LastError">Why.</param>
public sealed record WebhookState(long BotId, string BotName, string? Url, long WaitingUpdates, long? LastErrorAt, string? LastError);
