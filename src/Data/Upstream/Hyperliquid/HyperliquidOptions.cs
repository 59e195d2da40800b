using TraderHub.Data.Platform;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>How Hyperliquid is reached.</summary>
/// <param name="BaseUrl">The API's address, without <c>/info</c>.</param>
/// <param name="Timeout">How long a caller waits for an answer, all tries together; in the background, how long one try may take.</param>
/// <param name="WeightPerMinute">The weight of the questions that a minute may hold (rule U2).</param>
/// <param name="Retries">How often a question is asked again while its caller waits; 0 gives up at once, in the background too (rule U3).</param>
public sealed record HyperliquidOptions(Uri BaseUrl, TimeSpan Timeout, int WeightPerMinute, int Retries)
{
    /// <summary>What the heaviest questions fit into, also in the background.</summary>
    private const int LeastWeightPerMinute = 240;

    /// <summary>Reads the settings of the section <c>Hyperliquid</c>.</summary>
    public static HyperliquidOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Url("Hyperliquid:BaseUrl", "https://api.hyperliquid.xyz"),
            TimeSpan.FromSeconds(settings.WholeNumber("Hyperliquid:TimeoutSeconds", 10, 1, 120)),
            settings.WholeNumber("Hyperliquid:WeightPerMinute", 1200, LeastWeightPerMinute, 1_000_000),
            settings.WholeNumber("Hyperliquid:Retries", 2, 0, 5));
    }
}
