using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>Ends as failed the runs that have not ended by themselves: their process is gone, or hangs (rule J4).</summary>
public sealed class MarkStalledJobs(IJobRunLog log, TimeProvider clock)
{
    /// <summary>The one error that such a run has.</summary>
    public const string Stalled = "The run did not end within 30 minutes and was marked as failed.";

    private static readonly Duration Patience = Duration.FromMinutes(30);

    /// <summary>Marks them; how many there were is returned.</summary>
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        return log.FailStalledAsync(now - Patience, Stalled, now, cancellationToken);
    }
}
