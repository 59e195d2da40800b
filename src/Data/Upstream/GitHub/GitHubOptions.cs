using TraderHub.Data.Platform;

namespace TraderHub.Data.Upstream.GitHub;

/// <summary>How GitHub is reached, and as which of its applications.</summary>
/// <param name="ClientId">The OAuth application; null closes signing in.</param>
/// <param name="ClientSecret">Its secret; null closes signing in.</param>
/// <param name="WebhookSecret">What GitHub signs its deliveries with; null closes the webhook.</param>
/// <param name="OAuthBaseUrl">Where users agree and codes are exchanged.</param>
/// <param name="ApiBaseUrl">Where users are read.</param>
public sealed record GitHubOptions(string? ClientId, string? ClientSecret, string? WebhookSecret, Uri OAuthBaseUrl, Uri ApiBaseUrl)
{
    /// <summary>The key of the application's setting.</summary>
    public const string ClientIdKey = "GitHub:ClientId";

    /// <summary>The key of its secret's setting.</summary>
    public const string ClientSecretKey = "GitHub:ClientSecret";

    /// <summary>The key of the webhook's setting.</summary>
    public const string WebhookSecretKey = "GitHub:WebhookSecret";

    private const int ShortestSecret = 8;

    /// <summary>How long one question to GitHub may take.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads the settings of the section <c>GitHub</c>.</summary>
    public static GitHubOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Text(ClientIdKey, string.Empty) is { Length: > 0 } id ? id : null,
            settings.Secret(ClientSecretKey, ShortestSecret),
            settings.Secret(WebhookSecretKey, ShortestSecret),
            settings.Url("GitHub:OAuthBaseUrl", "https://github.com"),
            settings.Url("GitHub:ApiBaseUrl", "https://api.github.com"));
    }
}
