using System.Text.Json.Serialization;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>One execution of a job, as callers see it. What is not known is null (rule J3).</summary>
/// <param name="Id">Its id.</param>
/// <param name="JobType">What kind of job.</param>
/// <param name="ExecutionDate">The business date that it is for: New York's.</param>
/// <param name="ReportType">Which report it made; null when it made none.</param>
/// <param name="Status">How it stands: running, success, partial or failed.</param>
/// <param name="ExecutedAt">When it was executed, in UTC.</param>
/// <param name="StartedAt">When it started, in UTC; null when only its end was stored.</param>
/// <param name="ExecutionTimeMs">How long it took, in milliseconds.</param>
/// <param name="SymbolsProcessed">How many symbols were asked for.</param>
/// <param name="SymbolsSuccessful">How many of them have a verdict.</param>
/// <param name="SymbolsFallback">How many have one from a lesser source.</param>
/// <param name="SymbolsFailed">How many have none.</param>
/// <param name="SuccessRate">The part of the symbols that succeeded, from 0 to 1.</param>
/// <param name="Errors">What went wrong; only callers with the scope jobs:read are told.</param>
/// <param name="Metadata">What else the writer kept.</param>
/// <param name="RunId">Which run it came from.</param>
/// <param name="TriggerSource">What started it.</param>
public sealed record JobRecord(
    long Id,
    string JobType,
    string ExecutionDate,
    string? ReportType,
    string Status,
    string ExecutedAt,
    string? StartedAt,
    long? ExecutionTimeMs,
    long? SymbolsProcessed,
    long? SymbolsSuccessful,
    long? SymbolsFallback,
    long? SymbolsFailed,
    double? SuccessRate,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonText? Errors,
    JsonText? Metadata,
    string? RunId,
    string? TriggerSource);
