using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Days;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>A trader's balance.</summary>
public sealed class BalanceFunctions(ReadTradingDay readTradingDay, CallerZone callerZone, TimeProvider clock)
{
    /// <summary>The balance of the signed-in trader, read from the exchange now, in the day that the trader's clock shows.</summary>
    [Function(nameof(GetBalance))]
    [Access(Caller.Trader)]
    [Asks("Hyperliquid")]
    [Cookie("timezone", "The zone that `POST /api/timezone` has set, for traders without a stored one.")]
    [Header("Accept-Language", "Where the zone is guessed from without the cookie.")]
    [Returns<BalanceAnswer>("The balance; `missing` names what could not be read of it.")]
    public async Task<IResult> GetBalance(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/balance")] HttpRequest request, CancellationToken cancellationToken)
    {
        await callerZone.AssumeAsync(request, request.Trader(), cancellationToken);
        var today = await readTradingDay.ExecuteAsync(request.Trader(), cancellationToken);
        return Reply.Json(BalanceAnswer.From(today, clock.GetInstant()), TradingJson.Default.BalanceAnswer);
    }
}
