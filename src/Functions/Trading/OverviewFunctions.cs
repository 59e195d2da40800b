using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Overviews;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>What a trader sees first, in one answer.</summary>
public sealed class OverviewFunctions(ReadOverview readOverview, CallerZone callerZone, TimeProvider clock)
{
    /// <summary>The signed-in trader's balance, day, streaks, settings and trading status. What the exchange fails to answer is named; the rest is there.</summary>
    [Function(nameof(GetOverview))]
    [Access(Caller.Trader)]
    [Cookie("timezone", "The zone that `POST /api/timezone` has set, for traders without a stored one.")]
    [Header("Accept-Language", "Where the zone is guessed from without the cookie.")]
    [Returns<OverviewAnswer>("The overview; `missing` names what could not be read.")]
    [Fails(StatusCodes.Status500InternalServerError, "The trader's settings cannot be read.", "STORED_DATA_UNREADABLE")]
    public async Task<IResult> GetOverview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/overview")] HttpRequest request, CancellationToken cancellationToken)
    {
        await callerZone.AssumeAsync(request, request.Trader(), cancellationToken);
        var overview = await readOverview.ExecuteAsync(request.Trader(), cancellationToken);
        var (zone, source) = await callerZone.OfAsync(request, overview.Settings, cancellationToken);
        return Reply.Json(OverviewAnswer.From(overview, zone, source, clock.GetInstant()), TradingJson.Default.OverviewAnswer);
    }
}
