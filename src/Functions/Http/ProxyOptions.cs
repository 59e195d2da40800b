using System.Net;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Http;

/// <summary>The proxies in front of this server, which say for whom they ask.</summary>
/// <param name="Trusted">Their networks; empty when callers connect themselves.</param>
/// <param name="Header">The header in which they say it: a list to which each proxy adds its own caller at the end, or the one address of the client.</param>
public sealed record ProxyOptions(IReadOnlyList<IPNetwork> Trusted, string Header)
{
    private const string HeaderKey = "RateLimit:ForwardedHeader";

    private const string StandardHeader = "X-Forwarded-For";

    /// <summary>Reads the settings of the section <c>RateLimit</c> that are about proxies.</summary>
    public static ProxyOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var header = settings.Text(HeaderKey, StandardHeader);
        if (!header.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            settings.Report(HeaderKey, $"is '{header}', which is not the name of a header", StandardHeader);
        }

        return new(settings.Networks("RateLimit:TrustedProxies"), header);
    }
}
