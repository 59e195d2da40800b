using System.Text.Json.Serialization;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Jobs;

/// <summary>A page of the history.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Count">How many executions this page has.</param>
/// <param name="Jobs">The executions, newest business date first, and the newest execution of a date first.</param>
/// <param name="NextCursor">What to send as `cursor` to go on; null at the end.</param>
/// <param name="HasMore">Whether to go on; a page with filters may have few executions, or none, and more follow.</param>
public sealed record JobsAnswer(bool Success, int Count, IReadOnlyList<JobRecord> Jobs, string? NextCursor, bool HasMore);

/// <summary>An execution.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Job">The execution.</param>
public sealed record JobAnswer(bool Success, JobRecord Job);

/// <summary>An execution with what it found.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Job">The execution.</param>
/// <param name="Results">Its verdicts, in the order they were stored.</param>
/// <param name="Snapshot">Its report as it was at the time; null when it made none.</param>
public sealed record JobDetailsAnswer(bool Success, JobRecord Job, IReadOnlyList<JobResultAnswer> Results, JobResultAnswer? Snapshot);

/// <summary>A result of an execution. What is not known is null.</summary>
/// <param name="Id">Its id.</param>
/// <param name="JobExecutionId">The execution that it belongs to.</param>
/// <param name="ResultType">What it is: analysis_detail or report_snapshot.</param>
/// <param name="Symbol">The symbol that it is about; null for a report.</param>
/// <param name="Sentiment">How the market sees the symbol.</param>
/// <param name="Confidence">How sure the verdict is, from 0 to 1.</param>
/// <param name="Direction">Where the symbol is to go.</param>
/// <param name="Reasoning">Why.</param>
/// <param name="Signals">What the verdict rests on.</param>
/// <param name="ReportContent">The report.</param>
/// <param name="HtmlSnapshot">The report's page.</param>
/// <param name="CreatedAt">When it was stored, in UTC.</param>
public sealed record JobResultAnswer(
    long Id,
    long JobExecutionId,
    string ResultType,
    string? Symbol,
    string? Sentiment,
    double? Confidence,
    string? Direction,
    string? Reasoning,
    JsonText? Signals,
    JsonText? ReportContent,
    string? HtmlSnapshot,
    string? CreatedAt)
{
    internal static JobResultAnswer Of(long jobId, JobResult result) => new(
        result.Id,
        jobId,
        result.ResultType,
        result.Symbol,
        result.Sentiment,
        result.Confidence,
        result.Direction,
        result.Reasoning,
        JsonText.From(result.Signals),
        JsonText.From(result.ReportContent),
        result.HtmlSnapshot,
        result.CreatedAt);
}

/// <summary>The stages of an execution.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Stages">The stages, in the order they began.</param>
public sealed record JobStagesAnswer(bool Success, IReadOnlyList<JobStageAnswer> Stages);

/// <summary>A stage of an execution.</summary>
/// <param name="Stage">Which one: init, data_fetch, ai_analysis, storage or finalize.</param>
/// <param name="Status">How it stands: running, success or failed.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC; null while it runs.</param>
/// <param name="Errors">What went wrong; only callers with the scope jobs:read are told.</param>
public sealed record JobStageAnswer(
    string Stage,
    string Status,
    string StartedAt,
    string? EndedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Errors);

/// <summary>Reads and writes the jobs module's shapes, in the documented snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JobsAnswer))]
[JsonSerializable(typeof(JobAnswer))]
[JsonSerializable(typeof(JobDetailsAnswer))]
[JsonSerializable(typeof(JobStagesAnswer))]
[JsonSerializable(typeof(JobStatisticsAnswer))]
[JsonSerializable(typeof(JobScheduleAnswer))]
[JsonSerializable(typeof(NewJobBody))]
internal sealed partial class JobsJson : JsonSerializerContext;
