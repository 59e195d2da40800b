using Microsoft.Azure.Functions.Worker;

namespace TraderHub.Functions.Signals;

/// <summary>The schedules of what is kept of the market, in UTC.</summary>
public sealed class MarketTimers(Core.Signals.Market.CleanSignalsCache cleanSignalsCache)
{
    /// <summary>Every hour; a missed run is left out.</summary>
    [Function(nameof(CleanSignalsCache))]
    public Task CleanSignalsCache([TimerTrigger("0 5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        timer?.IsPastDue is true ? Task.CompletedTask : cleanSignalsCache.ExecuteAsync(cancellationToken);
}
