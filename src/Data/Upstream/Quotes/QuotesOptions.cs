using TraderHub.Data.Platform;

namespace TraderHub.Data.Upstream.Quotes;

/// <summary>How stock prices are reached.</summary>
/// <param name="BaseUrl">The address of Yahoo's chart API, without its path.</param>
public sealed record QuotesOptions(Uri BaseUrl)
{
    /// <summary>Reads the settings of the section <c>Quotes</c>.</summary>
    public static QuotesOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.Url("Quotes:BaseUrl", "https://query1.finance.yahoo.com"));
    }
}
