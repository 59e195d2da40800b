using NodaTime;

namespace TraderHub.Core.Jobs;

/// <summary>The log of runs that are under way: their stages, and how they ended.</summary>
public interface IJobRunLog
{
    /// <summary>Writes that a stage began; begun again, it begins anew.</summary>
    Task BeginStageAsync(long id, string stage, Instant startedAt, CancellationToken cancellationToken);

    /// <summary>Writes how a stage ended.</summary>
    Task EndStageAsync(long id, string stage, JobStatus status, string? error, Instant endedAt, CancellationToken cancellationToken);

    /// <summary>The stages of an execution, in the order they began.</summary>
    Task<IReadOnlyList<JobStage>> ListStagesAsync(long id, CancellationToken cancellationToken);

    /// <summary>
    /// Writes how a run ended, with its results, all or nothing; false when it does not run any more: it was marked as stalled, or removed.
    /// </summary>
    Task<bool> TryEndAsync(long id, JobOutcome outcome, long executionTimeMs, Instant endedAt, CancellationToken cancellationToken);

    /// <summary>Ends as failed, with one error, every run that started at or before an instant and still runs; how many there were is returned.</summary>
    Task<int> FailStalledAsync(Instant startedBy, string error, Instant endedAt, CancellationToken cancellationToken);
}
