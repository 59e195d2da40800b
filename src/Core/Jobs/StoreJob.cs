namespace TraderHub.Core.Jobs;

/// <summary>
/// Stores an execution that has ended elsewhere, with its results, all or nothing. How many symbols succeeded is counted from the results, not believed.
/// </summary>
public sealed class StoreJob(IJobRepository jobs)
{
    /// <summary>Stores it; its id, and whether it was not there yet, are returned.</summary>
    public Task<StoredJob> ExecuteAsync(NewJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return jobs.StoreAsync(job with { Symbols = job.Symbols.CountedIn(job.Results) }, cancellationToken);
    }
}
