using TraderHub.Data.Platform;

namespace TraderHub.Data.Upstream.Telegram;

/// <summary>Which bot this is, and who may talk to it.</summary>
/// <param name="BotToken">The bot's token; null: there is no bot.</param>
/// <param name="WebhookSecret">What Telegram proves itself with; null closes the webhook.</param>
/// <param name="DeployToken">What deploys are told with; null closes that route.</param>
/// <param name="AdminChatId">The chat that failures are told to.</param>
/// <param name="BotName">The bot's name; null: Telegram is asked.</param>
/// <param name="BaseUrl">The address of the Bot API, without its path.</param>
public sealed record TelegramOptions(string? BotToken, string? WebhookSecret, string? DeployToken, string? AdminChatId, string? BotName, Uri BaseUrl)
{
    /// <summary>The key of the token's setting.</summary>
    public const string BotTokenKey = "Telegram:BotToken";

    /// <summary>The key of the webhook's secret.</summary>
    public const string WebhookSecretKey = "Telegram:WebhookSecret";

    /// <summary>The key of the deploys' token.</summary>
    public const string DeployTokenKey = "Telegram:DeployToken";

    private const int ShortestSecret = 16;

    /// <summary>Reads the settings of the section <c>Telegram</c>.</summary>
    public static TelegramOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Secret(BotTokenKey, ShortestSecret),
            settings.Secret(WebhookSecretKey, ShortestSecret),
            settings.Secret(DeployTokenKey, ShortestSecret),
            settings.Text("Telegram:AdminChatId", string.Empty) is { Length: > 0 } admin ? admin : null,
            settings.Text("Telegram:BotName", string.Empty) is { Length: > 0 } name ? name.TrimStart('@') : null,
            settings.Url("Telegram:BaseUrl", "https://api.telegram.org"));
    }
}
