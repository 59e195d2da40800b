using NodaTime;

namespace TraderHub.Core.Operations;

/// <summary>The log of scheduled runs that operators read (<c>cron_logs</c>): one entry a run.</summary>
public interface ICronLog
{
    /// <summary>Writes that a run started; its entry's id is returned.</summary>
    Task<long> StartAsync(string jobName, Instant startedAt, CancellationToken cancellationToken);

    /// <summary>Writes how a run ended.</summary>
    /// <param name="id">The run's entry.</param>
    /// <param name="run">What it did.</param>
    /// <param name="failure">Why the run as a whole failed; null when it completed.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task FinishAsync(long id, CronRun run, string? failure, Duration duration, CancellationToken cancellationToken);
}
