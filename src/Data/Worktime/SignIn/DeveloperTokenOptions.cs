using TraderHub.Data.Platform;

namespace TraderHub.Data.Worktime.SignIn;

/// <summary>How developers' tokens are signed.</summary>
/// <param name="Secret">The secret; null closes what developers do here.</param>
public sealed record DeveloperTokenOptions(string? Secret)
{
    /// <summary>The setting's key.</summary>
    public const string Key = "Auth:JwtSecret";

    private const int ShortestSecret = 32;

    /// <summary>Reads the setting <c>Auth:JwtSecret</c>.</summary>
    public static DeveloperTokenOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.Secret(Key, ShortestSecret));
    }
}
