using System.Diagnostics;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>A run that is under way.</summary>
public sealed class JobRun
{
    private readonly IJobRunLog log;
    private readonly TimeProvider clock;
    private readonly long started;

    internal JobRun(long id, JobStart start, IJobRunLog log, TimeProvider clock)
    {
        Id = id;
        Start = start;
        this.log = log;
        this.clock = clock;
        started = clock.GetTimestamp();
    }

    /// <summary>The id of its execution.</summary>
    public long Id { get; }

    /// <summary>What runs.</summary>
    public JobStart Start { get; }

    /// <summary>Does the run's work and writes how it ended; an exception of the work ends it as failed and is thrown on.</summary>
    public async Task ExecuteAsync(Func<JobRun, Task<JobOutcome>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            await EndAsync(await work(this));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await EndAsync(new JobOutcome(JobStatus.Failed) { Errors = [exception.Message] });
            throw;
        }
    }

    /// <summary>Does a stage's work between its begin and its end in the log; an exception fails the stage and is thrown on.</summary>
    public async Task<T> StageAsync<T>(string stage, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await log.BeginStageAsync(Id, stage, clock.GetInstant(), cancellationToken);
        try
        {
            var result = await work();
            await EndStageAsync(stage, JobStatus.Success, error: null);
            return result;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await EndStageAsync(stage, JobStatus.Failed, exception.Message);
            throw;
        }
    }

    /// <summary>Writes how the run ended, also when it was cancelled; a run that was marked as stalled meanwhile stays so.</summary>
    private Task<bool> EndAsync(JobOutcome outcome)
    {
        Debug.Assert(outcome.Status != JobStatus.Running, "An outcome is an end.");
        var counted = outcome with { Symbols = outcome.Symbols.CountedIn(outcome.Results) };
        return log.TryEndAsync(Id, counted, (long)clock.GetElapsedTime(started).TotalMilliseconds, clock.GetInstant(), CancellationToken.None);
    }

    private Task EndStageAsync(string stage, JobStatus status, string? error) =>
        log.EndStageAsync(Id, stage, status, error, clock.GetInstant(), CancellationToken.None);
}
