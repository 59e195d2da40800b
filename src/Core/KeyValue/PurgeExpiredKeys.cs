using TraderHub.Core.Operations;

namespace TraderHub.Core.KeyValue;

/// <summary>Gives back the room of keys whose time has come. A run that is left out costs nothing but that room.</summary>
public sealed class PurgeExpiredKeys(IExpiredKeys keys, CronJob cronJob)
{
    /// <summary>Purges once.</summary>
    public Task ExecuteAsync(CancellationToken cancellationToken) =>
        cronJob.RunAsync(nameof(PurgeExpiredKeys), (_, token) => keys.PurgeAsync(token), cancellationToken);
}
