using System.Globalization;
using TraderHub.Core.Signals;
using TraderHub.Data.Platform;

namespace TraderHub.Data.Upstream.Telegram;

/// <summary>Which bot this is, and how its API is reached.</summary>
/// <param name="BotToken">The bot's token; null leaves the bot out.</param>
/// <param name="WebhookSecret">What the API sends with each update; null closes the webhook.</param>
/// <param name="AdminChatId">The chat that may list subscribers and is told of faults; null when there is none.</param>
/// <param name="BaseUrl">The API.</param>
/// <param name="BotName">The bot's name without the @; null asks the API.</param>
/// <param name="DeployToken">What announces a deployment; null closes that route.</param>
public sealed record TelegramOptions(string? BotToken, string? WebhookSecret, string? AdminChatId, Uri BaseUrl, string? BotName, string? DeployToken)
{
    /// <summary>The key of the token's setting.</summary>
    public const string BotTokenKey = "Telegram:BotToken";

    /// <summary>The key of the webhook's setting.</summary>
    public const string WebhookSecretKey = "Telegram:WebhookSecret";

    /// <summary>The key of the setting that opens announcing deployments.</summary>
    public const string DeployTokenKey = "Telegram:DeployToken";

    private const string AdminChatIdKey = "Telegram:AdminChatId";

    private const string BotNameKey = "Telegram:BotName";

    private const int ShortestToken = 20;

    private const int ShortestSecret = 16;

    /// <summary>The API's own limit.</summary>
    private const int LongestSecret = 256;

    /// <summary>How long one call may take; less than a chat's lease.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The bot's id, which its token begins with; 0 without a token.</summary>
    public long BotId => BotToken is { } token ? long.Parse(token.AsSpan(0, token.IndexOf(':', StringComparison.Ordinal)), CultureInfo.InvariantCulture) : 0;

    /// <summary>Whether the bot can answer anybody.</summary>
    public bool IsComplete => BotToken is not null && WebhookSecret is not null;

    /// <summary>Reads the settings of the section <c>Telegram</c>.</summary>
    public static TelegramOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            ReadToken(settings),
            ReadWebhookSecret(settings),
            ReadAdminChatId(settings),
            settings.Url("Telegram:BaseUrl", "https://api.telegram.org"),
            ReadBotName(settings),
            settings.Secret(DeployTokenKey, ShortestSecret));
    }

    /// <summary>Without what is secret.</summary>
    public override string ToString() => $"{nameof(TelegramOptions)} {{ {nameof(BotId)} = {BotId}, {nameof(BaseUrl)} = {BaseUrl} }}";

    private static string? ReadToken(SettingsReader settings)
    {
        if (settings.Secret(BotTokenKey, ShortestToken) is not { } token)
        {
            return null;
        }

        var parts = token.Split(':');
        if (parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 && parts[1].Length > 0 && parts[1].All(IsUrlSafe))
        {
            return token;
        }

        settings.Report(BotTokenKey, "is not a bot's token: a number, a colon, and then letters, digits, _ and -", "123456:the-token-that-BotFather-gave");
        return null;
    }

    private static string? ReadWebhookSecret(SettingsReader settings)
    {
        var secret = settings.Secret(WebhookSecretKey, ShortestSecret);
        if (secret is null || (secret.Length <= LongestSecret && secret.All(IsUrlSafe)))
        {
            return secret;
        }

        settings.Report(WebhookSecretKey, $"must have {ShortestSecret} to {LongestSecret} characters, all of them letters A to Z, digits, _ or -: Telegram takes no others", "the output of: openssl rand -hex 32");
        return null;
    }

    private static string? ReadAdminChatId(SettingsReader settings)
    {
        var text = settings.Text(AdminChatIdKey, string.Empty);
        if (text.Length == 0)
        {
            return null;
        }

        if (ChatId.ToNumber(text) is null)
        {
            settings.Report(AdminChatIdKey, $"is '{text}', which is not the number of a chat", "-1001557900011");
        }

        return text;
    }

    private static string? ReadBotName(SettingsReader settings)
    {
        var text = settings.Text(BotNameKey, string.Empty).TrimStart('@');
        if (text.Any(character => !char.IsAsciiLetterOrDigit(character) && character != '_'))
        {
            settings.Report(BotNameKey, $"is '{text}', which is not a bot's name: letters, digits and _", "TradeBot");
        }

        return text.Length > 0 ? text : null;
    }

    private static bool IsUrlSafe(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';
}
