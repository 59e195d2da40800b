using TraderHub.Data.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Who is let in, beside those with a session.</summary>
/// <param name="AdminToken">The operator's secret; null closes what needs it.</param>
/// <param name="AllowedOrigins">The exact web origins whose pages may call the API.</param>
public sealed record AuthOptions(string? AdminToken, IReadOnlySet<string> AllowedOrigins)
{
    private const int ShortestToken = 16;

    /// <summary>Reads the settings of the section <c>Auth</c>.</summary>
    public static AuthOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.Secret("Auth:AdminToken", ShortestToken), settings.Origins("Auth:AllowedOrigins"));
    }
}
