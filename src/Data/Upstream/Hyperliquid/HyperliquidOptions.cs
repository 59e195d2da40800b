using TraderHub.Data.Platform;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>How Hyperliquid is reached.</summary>
/// <param name="BaseUrl">The API's address, without <c>/info</c>.</param>
/// <param name="Timeout">How long an answer may take.</param>
public sealed record HyperliquidOptions(Uri BaseUrl, TimeSpan Timeout)
{
    /// <summary>Reads the settings of the section <c>Hyperliquid</c>.</summary>
    public static HyperliquidOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Url("Hyperliquid:BaseUrl", "https://api.hyperliquid.xyz"),
            TimeSpan.FromSeconds(settings.WholeNumber("Hyperliquid:TimeoutSeconds", 10, 1, 120)));
    }
}
