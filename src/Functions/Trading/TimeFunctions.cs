using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>The server's time, and the zone that a caller's days are in.</summary>
public sealed class TimeFunctions(SignInOptions site, TimeProvider clock)
{
    /// <summary>The time now, here and where the caller is.</summary>
    [Function(nameof(GetTime))]
    [Access(Caller.Anybody)]
    [Cookie("timezone", "The zone that `POST /api/timezone` has set.")]
    [Header("Accept-Language", "Where the zone is guessed from without the cookie.")]
    [Returns<TimeAnswer>("The time, and the zone that it was told for.")]
    public IResult GetTime([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/time")] HttpRequest request)
    {
        var now = clock.GetInstant();
        var (zone, source) = RequestZone.Of(request);
        var day = LocalDay.Containing(now, zone);
        return Reply.Json(
            new TimeAnswer(
                now.ToIso(),
                now.ToUnixTimeMilliseconds(),
                now.InZone(zone.Zone).ToOffsetDateTime().ToString("uuuu'-'MM'-'dd'T'HH':'mm':'ss.fffo<+HH:mm>", CultureInfo.InvariantCulture),
                day.Date.ToString("uuuu'-'MM'-'dd", CultureInfo.InvariantCulture),
                day.End.ToIso(),
                InUse(zone, source, now)),
            TradingJson.Default.TimeAnswer);
    }

    /// <summary>Chooses the zone for this browser; it is kept in a cookie for a year.</summary>
    [Function(nameof(SetTimezone))]
    [Access(Caller.Anybody)]
    [Accepts<TimezoneChoice>]
    [Returns<TimezoneAnswer>("The zone from now on.")]
    public async Task<IResult> SetTimezone(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/timezone")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadJsonOrFormAsync(request, TradingJson.Default.TimezoneChoice, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        return TimezoneRules.ZoneOf(body.Value).Match(
            zone =>
            {
                var now = clock.GetInstant();
                RequestZone.Remember(request, zone, zone.OffsetAt(now), body.Value.AutoDetect, site.HasSecureCookies(request));
                return Reply.Json(new TimezoneAnswer(true, InUse(zone, RequestZone.FromCookie, now)), TradingJson.Default.TimezoneAnswer);
            },
            Problems.ToProblem);
    }

    private static TimezoneInUse InUse(UserZone zone, string source, Instant now) => new(zone.OffsetAt(now), zone.Name, zone.Id, source);
}
