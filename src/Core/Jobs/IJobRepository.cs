using NodaTime;

namespace TraderHub.Core.Jobs;

/// <summary>The stored executions, with their results.</summary>
public interface IJobRepository
{
    /// <summary>Stores an execution and its results, all or nothing. One whose run is there already is left as it is (rule J2).</summary>
    Task<StoredJob> StoreAsync(NewJob job, CancellationToken cancellationToken);

    /// <summary>An execution; null when there is none of that id.</summary>
    Task<JobExecution?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>The newest execution by business date, and among those of a date by when it was executed; null when there is none.</summary>
    /// <param name="jobType">Of which kind.</param>
    /// <param name="reportType">With which report; null is any.</param>
    /// <param name="date">For which business date; null is any.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<JobExecution?> FindLatestAsync(string jobType, string? reportType, LocalDate? date, CancellationToken cancellationToken);

    /// <summary>The results of an execution, in the order they were stored.</summary>
    Task<IReadOnlyList<JobResult>> ListResultsAsync(long id, CancellationToken cancellationToken);

    /// <summary>Removes an execution with its results and stages; false when there is none, or it runs.</summary>
    Task<bool> TryDeleteAsync(long id, CancellationToken cancellationToken);
}
