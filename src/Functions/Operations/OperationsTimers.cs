using Microsoft.Azure.Functions.Worker;

namespace TraderHub.Functions.Operations;

/// <summary>The schedules of what keeps the stores in order, in UTC.</summary>
public sealed class OperationsTimers(Core.KeyValue.PurgeExpiredKeys purgeExpiredKeys)
{
    /// <summary>Every quarter of an hour; a missed run is left out, for the next one does its work too.</summary>
    [Function(nameof(PurgeExpiredKeys))]
    public Task PurgeExpiredKeys([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        return timer.IsPastDue ? Task.CompletedTask : purgeExpiredKeys.ExecuteAsync(cancellationToken);
    }
}
