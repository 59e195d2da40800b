using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>The server's time, and the zone that a caller's days are in.</summary>
public sealed class TimeFunctions(CallerZone callerZone, ChosenZone chosenZone, TimeProvider clock)
{
    private const string Unreadable = "The caller's settings cannot be read.";

    private const string UnreadableCode = "STORED_DATA_UNREADABLE";

    /// <summary>The time now, here and where the caller is.</summary>
    [Function(nameof(GetTime))]
    [Access(Caller.Anybody, Knows = Caller.Trader)]
    [Cookie("timezone", "The zone that `POST /api/timezone` has set, for callers without a stored one.")]
    [Header("Accept-Language", "Where the zone is guessed from without the cookie.")]
    [Returns<TimeAnswer>("The time, and the zone that it was told for.")]
    [Fails(StatusCodes.Status500InternalServerError, Unreadable, UnreadableCode)]
    public async Task<IResult> GetTime(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/time")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (zone, source) = await callerZone.OfAsync(request, await callerZone.FindSettingsAsync(request, cancellationToken), cancellationToken);
        var now = clock.GetInstant();
        var day = LocalDay.Containing(now, zone);
        return Reply.Json(
            new TimeAnswer(
                now.ToIso(),
                now.ToUnixTimeMilliseconds(),
                now.InZone(zone.Zone).ToOffsetDateTime().ToString("uuuu'-'MM'-'dd'T'HH':'mm':'ss.fffo<+HH:mm>", CultureInfo.InvariantCulture),
                day.Date.ToIso(),
                day.End.ToIso(),
                TimezoneInUse.From(zone, source, now)),
            TradingJson.Default.TimeAnswer);
    }

    /// <summary>Chooses the zone: a signed-in trader's is stored from now on, and this browser keeps it in a cookie for a year.</summary>
    [Function(nameof(SetTimezone))]
    [Access(Caller.Anybody, Knows = Caller.Trader)]
    [Accepts<TimezoneChoice>]
    [Returns<TimezoneAnswer>("The zone from now on.")]
    [Fails(StatusCodes.Status500InternalServerError, Unreadable, UnreadableCode)]
    public async Task<IResult> SetTimezone(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/timezone")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadJsonOrFormAsync(request, TradingJson.Default.TimezoneChoice, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var choice = body.Value;
        var errors = new FieldErrors();
        if (TimezoneChoices.Read(choice.Offset, choice.Name, choice.ZoneId, string.Empty, errors) is not { } zone || !errors.IsEmpty)
        {
            return errors.ToError().ToProblem();
        }

        var kept = await chosenZone.KeepAsync(request, zone, choice.AutoDetect, cancellationToken);
        return kept.Match(
            source => Reply.Json(new TimezoneAnswer(true, TimezoneInUse.From(zone, source, clock.GetInstant())), TradingJson.Default.TimezoneAnswer),
            Problems.ToProblem);
    }
}
