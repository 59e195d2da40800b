using NodaTime;

namespace TraderHub.Core.Jobs;

/// <summary>How the executions of one kind, and of one report, went.</summary>
/// <param name="JobType">What kind of job.</param>
/// <param name="ReportType">Which report; null when none.</param>
/// <param name="Runs">How many there were.</param>
/// <param name="Success">How many succeeded.</param>
/// <param name="Partial">How many succeeded in part.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Running">How many still run.</param>
/// <param name="P50Ms">The time, in milliseconds, that half of them took no longer than; null when none is known.</param>
/// <param name="P95Ms">The time that 95 of 100 took no longer than.</param>
/// <param name="MaxMs">The longest time.</param>
public sealed record JobTypeStatistics(
    string JobType, string? ReportType, long Runs, long Success, long Partial, long Failed, long Running, long? P50Ms, long? P95Ms, long? MaxMs)
{
    /// <summary>The part of those that ended which succeeded in full, from 0 to 1; null when none has ended.</summary>
    public double? SuccessRate => Runs > Running ? (double)Success / (Runs - Running) : null;
}

/// <summary>The newest execution of a report for a date.</summary>
/// <param name="Date">The business date.</param>
/// <param name="ReportType">The report.</param>
/// <param name="Id">The execution's id.</param>
/// <param name="Status">How it stands.</param>
public sealed record ReportRun(LocalDate Date, string ReportType, long Id, JobStatus Status);

/// <summary>What the executions come to.</summary>
public interface IJobStatistics
{
    /// <summary>By kind and report, over the executions of a stretch of time.</summary>
    Task<IReadOnlyList<JobTypeStatistics>> ReadAsync(Instant from, Instant to, CancellationToken cancellationToken);

    /// <summary>The newest execution of each scheduled report, for each of the business dates from the first to the last.</summary>
    Task<IReadOnlyList<ReportRun>> ListReportRunsAsync(LocalDate first, LocalDate last, CancellationToken cancellationToken);

    /// <summary>The first business date that a scheduled report was made for; null when none ever was.</summary>
    Task<LocalDate?> FindFirstReportDateAsync(CancellationToken cancellationToken);
}
