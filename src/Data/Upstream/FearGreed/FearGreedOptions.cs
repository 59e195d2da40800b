using TraderHub.Data.Platform;

namespace TraderHub.Data.Upstream.FearGreed;

/// <summary>How the indices are reached.</summary>
/// <param name="BaseUrl">The address of CNN's index of stocks, without its path.</param>
/// <param name="CryptoBaseUrl">The address of alternative.me's index of crypto, without its path.</param>
public sealed record FearGreedOptions(Uri BaseUrl, Uri CryptoBaseUrl)
{
    /// <summary>Reads the settings of the section <c>FearGreed</c>.</summary>
    public static FearGreedOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Url("FearGreed:BaseUrl", "https://production.dataviz.cnn.io"), settings.Url("FearGreed:CryptoBaseUrl", "https://api.alternative.me"));
    }
}
