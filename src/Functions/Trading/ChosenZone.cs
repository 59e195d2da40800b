using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Settings;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>Keeps the zone that a caller has chosen: in the browser, and for a trader in the settings too.</summary>
public sealed class ChosenZone(ChangeSettings changeSettings, SignInOptions site, TimeProvider clock)
{
    /// <summary>Keeps a zone; where it is read from at the next request is returned.</summary>
    public async Task<Result<string>> KeepAsync(HttpRequest request, UserZone zone, bool? autoDetect, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var trader = request.TraderIfKnown();
        if (trader is { } address)
        {
            var stored = await changeSettings.ExecuteAsync(address, (current, _) => current with { Zone = zone }, VersionCondition.None, cancellationToken);
            if (stored.Error is { } refusal)
            {
                return refusal;
            }
        }

        RequestZone.Remember(request, zone, zone.OffsetAt(clock.GetInstant()), autoDetect, site.HasSecureCookies(request));
        return trader is null ? RequestZone.FromCookie : RequestZone.FromStore;
    }
}
