using Microsoft.AspNetCore.Http;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Settings;
using TraderHub.Core.Trading.Traders;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>
/// The zone of a caller, for clocks and days alike: what the trader has stored, else what is assumed of the trader, else what the request suggests (rule T3). What is
/// assumed stays the same whichever browser asks, for the trader's day is in it.
/// </summary>
public sealed class CallerZone(ISettingsRepository settings, ITraderRepository traders)
{
    /// <summary>The stored settings of the trader who calls; null when there are none, or the caller is somebody else.</summary>
    public async Task<UserSettings?> FindSettingsAsync(HttpRequest request, CancellationToken cancellationToken) =>
        request.TraderIfKnown() is { } trader ? await settings.FindAsync(trader, cancellationToken) : null;

    /// <summary>The zone, and where it comes from.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stored">The caller's stored settings.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<AssumedZone> OfAsync(HttpRequest request, UserSettings? stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (stored?.Zone is { } own)
        {
            return new(own, RequestZone.FromStore);
        }

        return request.TraderIfKnown() is { } trader && await traders.FindAssumedZoneAsync(trader, cancellationToken) is { } assumed
            ? assumed
            : RequestZone.Suggested(request);
    }

    /// <summary>Has a trader's days begin in the zone that a request suggests, as long as none is chosen and nothing else was assumed before.</summary>
    public async Task AssumeAsync(HttpRequest request, WalletAddress trader, CancellationToken cancellationToken)
    {
        if (RequestZone.Suggested(request) is var suggested && suggested != AssumedZone.Default)
        {
            await traders.AssumeZoneAsync(trader, suggested, cancellationToken);
        }
    }
}
