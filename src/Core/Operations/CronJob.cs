using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Operations;

/// <summary>Runs scheduled work so that operators can see it in the log, whatever becomes of it.</summary>
public sealed class CronJob(ICronLog log, TimeProvider clock)
{
    /// <summary>Runs a job between its <c>started</c> and its <c>completed</c> or <c>failed</c>; an exception of the job is logged and thrown on.</summary>
    public async Task RunAsync(string jobName, Func<CronRun, CancellationToken, Task> job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var run = new CronRun();
        var started = clock.GetTimestamp();
        var id = await log.StartAsync(jobName, clock.GetInstant(), cancellationToken);
        try
        {
            await job(run, cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await FinishAsync(exception.Message);
            throw;
        }

        await FinishAsync(failure: null);

        // The end is written also when the run was cancelled: that is what an operator wants to read.
        Task FinishAsync(string? failure) =>
            log.FinishAsync(id, run, failure, Duration.FromTimeSpan(clock.GetElapsedTime(started)), CancellationToken.None);
    }
}
