using NodaTime;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>The executions that made, or tried to make, reports.</summary>
public interface IReportRuns
{
    /// <summary>Those of a report, of the business dates from one to another, the newest first.</summary>
    Task<IReadOnlyList<JobExecution>> ListAsync(string reportType, LocalDate first, LocalDate last, CancellationToken cancellationToken);
}
