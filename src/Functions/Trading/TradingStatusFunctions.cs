using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Settings;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>Whether a moment is for trading, by the trader's own plan.</summary>
public sealed class TradingStatusFunctions(CallerZone callerZone, TimeProvider clock)
{
    private static readonly TimeRange Answerable = new(Instant.FromUtc(1970, 1, 1, 0, 0), Instant.FromUtc(2200, 1, 1, 0, 0));

    /// <summary>What the caller has planned for now, or for another moment; callers without settings have planned nothing.</summary>
    [Function(nameof(GetTradingStatus))]
    [Access(Caller.Anybody, Knows = Caller.Trader)]
    [Query<Instant>("at", "The moment, from 1970 to 2199; now without it.")]
    [Cookie("timezone", "The zone that `POST /api/timezone` has set, for callers without a stored one.")]
    [Header("Accept-Language", "Where the zone is guessed from without the cookie.")]
    [Returns<TradingStatusAnswer>("The state, when it changes, and the bar of the day.")]
    [Fails(StatusCodes.Status500InternalServerError, "The caller's settings cannot be read.", "STORED_DATA_UNREADABLE")]
    public async Task<IResult> GetTradingStatus(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/trading-status")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(request, query => query.Instant("at", Answerable) ?? clock.GetInstant());
        if (asked.Error is { } invalid)
        {
            return invalid.ToProblem();
        }

        var stored = await callerZone.FindSettingsAsync(request, cancellationToken);
        var (zone, source) = await callerZone.OfAsync(request, stored, cancellationToken);
        return Reply.Json(
            TradingStatusAnswer.From(stored?.Advanced ?? AdvancedSettings.Default, asked.Value, zone, source), TradingJson.Default.TradingStatusAnswer);
    }
}
