using TraderHub.Data.Platform;

namespace TraderHub.Data.Upstream.Quotes;

/// <summary>How stock prices are reached.</summary>
/// <param name="BaseUrl">The address of Yahoo's chart API, without its path.</param>
public sealed record QuotesOptions(Uri BaseUrl)
{
    /// <summary>How long one symbol may take, coins too: longer than that it failed, and the run goes on.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads the settings of the section <c>Quotes</c>.</summary>
    public static QuotesOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.Url("Quotes:BaseUrl", "https://query1.finance.yahoo.com"));
    }
}
