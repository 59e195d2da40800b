using NodaTime;
using TraderHub.Core.Jobs;

namespace TraderHub.Data.Jobs;

/// <summary>A row of <c>job_executions</c>.</summary>
internal sealed record StoredExecution(
    long Id,
    string JobType,
    LocalDate ExecutionDate,
    string? ReportType,
    string Status,
    Instant ExecutedAt,
    Instant? StartedAt,
    long? ExecutionTimeMs,
    long? Processed,
    long? Successful,
    long? Fallback,
    long? Failed,
    double? SuccessRate,
    string? Errors,
    string? Metadata,
    string? RunId,
    string? TriggerSource)
{
    public const string Select = """
        SELECT id AS Id, job_type AS JobType, execution_date AS ExecutionDate, report_type AS ReportType, status AS Status, executed_at AS ExecutedAt,
               started_at AS StartedAt, execution_time_ms AS ExecutionTimeMs, symbols_processed AS Processed, symbols_successful AS Successful,
               symbols_fallback AS Fallback, symbols_failed AS Failed, success_rate AS SuccessRate, errors AS Errors, metadata AS Metadata, run_id AS RunId,
               trigger_source AS TriggerSource
        FROM job_executions
        """;

    /// <summary>The execution. A status that is no word of ours, which only another system can have written, counts as failed.</summary>
    public JobExecution ToExecution() => new(
        Id,
        JobType,
        ExecutionDate,
        ReportType,
        JobStatuses.Parse(Status) ?? JobStatus.Failed,
        ExecutedAt,
        StartedAt,
        ExecutionTimeMs,
        new SymbolCounts(Processed, Successful, Fallback, Failed),
        SuccessRate,
        JsonTexts.Read(Errors),
        Metadata,
        RunId,
        TriggerSource);
}
