using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>What is to run.</summary>
/// <param name="JobType">What kind of job.</param>
/// <param name="ExecutionDate">The business date that it is for.</param>
/// <param name="ReportType">Which report it makes; null when none.</param>
/// <param name="RunId">The run's name; a run of this name runs once (rule J2).</param>
/// <param name="TriggerSource">What starts it, one of <see cref="JobTriggers"/>.</param>
public sealed record JobStart(string JobType, LocalDate ExecutionDate, string? ReportType, string RunId, string TriggerSource)
{
    /// <summary>What else to keep, as JSON.</summary>
    public string? Metadata { get; init; }
}

/// <summary>Runs a job so that its execution, its stages and its end are in the store, whatever becomes of it.</summary>
public sealed class RunJob(IJobRepository jobs, IJobRunLog log, TimeProvider clock)
{
    /// <summary>Writes that a run has started, which its caller then executes; null when a run of this name did before.</summary>
    public async Task<JobRun?> StartAsync(JobStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var now = clock.GetInstant();
        var stored = await jobs.StoreAsync(
            new NewJob(start.JobType, start.ExecutionDate, start.ReportType, start.RunId, JobStatus.Running, now)
            {
                StartedAt = now,
                TriggerSource = start.TriggerSource,
                Metadata = start.Metadata,
            },
            cancellationToken);
        return stored.IsNew ? new JobRun(stored.Id, start, log, clock) : null;
    }

    /// <summary>Runs a job between its start and its end, as <see cref="JobRun.ExecuteAsync"/> does. Does nothing when a run of this name started before.</summary>
    public async Task ExecuteAsync(JobStart start, Func<JobRun, Task<JobOutcome>> work, CancellationToken cancellationToken)
    {
        if (await StartAsync(start, cancellationToken) is { } run)
        {
            await run.ExecuteAsync(work);
        }
    }
}
