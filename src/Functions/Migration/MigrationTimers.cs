using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Migration.Watching;

namespace TraderHub.Functions.Migration;

/// <summary>The schedule of what watches groups under way and brings their copies together, in UTC.</summary>
public sealed partial class MigrationTimers(WatchGroups watchGroups, Core.Migration.Operating.ReconcileKeys reconcileKeys, ILogger<MigrationTimers> logger)
{
    /// <summary>Every minute; a missed run is left out, for the next one does its work too. What is out of bounds twice in a row is an error in the log.</summary>
    [Function(nameof(ReconcileKeys))]
    public async Task ReconcileKeys([TimerTrigger("0 */1 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        if (timer.IsPastDue)
        {
            return;
        }

        foreach (var alert in await watchGroups.ExecuteAsync(cancellationToken))
        {
            LogAlert(alert.Group, string.Join(' ', alert.Breaches), alert.Action ?? "An operator decides.");
        }

        await reconcileKeys.ExecuteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Group} is out of bounds: {Breaches} {Action}")]
    private partial void LogAlert(string group, string breaches, string action);
}
