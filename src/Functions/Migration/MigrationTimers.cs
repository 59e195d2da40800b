using Microsoft.Azure.Functions.Worker;

namespace TraderHub.Functions.Migration;

/// <summary>The schedule of what brings copies together, in UTC.</summary>
public sealed class MigrationTimers(Core.Migration.Operating.ReconcileKeys reconcileKeys)
{
    /// <summary>Every minute; a missed run is left out, for the next one does its work too.</summary>
    [Function(nameof(ReconcileKeys))]
    public Task ReconcileKeys([TimerTrigger("0 */1 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        return timer.IsPastDue ? Task.CompletedTask : reconcileKeys.ExecuteAsync(cancellationToken);
    }
}
