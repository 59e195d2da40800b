using NodaTime;

namespace TraderHub.Core.Jobs;

/// <summary>One execution of a job. What is not known is null, never a made-up zero (rule J3).</summary>
/// <param name="Id">Its id.</param>
/// <param name="JobType">What kind of job.</param>
/// <param name="ExecutionDate">The business date that it is for.</param>
/// <param name="ReportType">Which report it made; null when it made none.</param>
/// <param name="Status">How it stands.</param>
/// <param name="ExecutedAt">When it was executed; its start, where that is known. It never changes, since lists are ordered by it.</param>
/// <param name="StartedAt">When it started; null when only its end was stored.</param>
/// <param name="ExecutionTimeMs">How long it took, in milliseconds.</param>
/// <param name="Symbols">How many symbols it was about.</param>
/// <param name="SuccessRate">The part of the symbols that succeeded, from 0 to 1.</param>
/// <param name="Errors">What went wrong, fit for operators; empty when nothing did.</param>
/// <param name="Metadata">What else the writer kept, as JSON.</param>
/// <param name="RunId">Which run, or which key of the key-value store, it came from; null in rows from before runs had ids.</param>
/// <param name="TriggerSource">What started it, one of <see cref="JobTriggers"/>.</param>
public sealed record JobExecution(
    long Id,
    string JobType,
    LocalDate ExecutionDate,
    string? ReportType,
    JobStatus Status,
    Instant ExecutedAt,
    Instant? StartedAt,
    long? ExecutionTimeMs,
    SymbolCounts Symbols,
    double? SuccessRate,
    IReadOnlyList<string> Errors,
    string? Metadata,
    string? RunId,
    string? TriggerSource);
