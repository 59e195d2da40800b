using System.Text.Json.Serialization;
using TraderHub.Core.Jobs.Reports.EndOfDay;
using TraderHub.Core.Jobs.Reports.Intraday;
using TraderHub.Core.Jobs.Reports.PreMarket;
using TraderHub.Core.Jobs.Reports.Weekly;

namespace TraderHub.Functions.Jobs;

/// <summary>A report of exactly one business date, or the truth about why there is none.</summary>
/// <param name="Success">True.</param>
/// <param name="ReportType">Which report.</param>
/// <param name="Date">The business date; of weekly reports the Sunday that ends the week.</param>
/// <param name="State"><c>ready</c>, <c>scheduled</c>, <c>in_progress</c>, <c>not_ready</c>, <c>no_data</c>, <c>failed</c>, <c>holiday</c> or <c>closed</c>.</param>
/// <param name="Message">The state in a sentence.</param>
/// <param name="Holiday">The holiday's name; null on other days.</param>
/// <param name="DueAt">When the report is, or was, due, in UTC; null when there is none of that date.</param>
/// <param name="GeneratedAt">When what it rests on was made, in UTC; null without it.</param>
/// <param name="IsStale">Whether a later run has not ended well: the report is from before it.</param>
/// <param name="Run">The newest run; null when there was none.</param>
/// <param name="Report">The report; null unless it is ready.</param>
/// <typeparam name="T">The report's shape.</typeparam>
public sealed record ReportAnswer<T>(
    bool Success,
    string ReportType,
    string Date,
    string State,
    string Message,
    string? Holiday,
    string? DueAt,
    string? GeneratedAt,
    bool IsStale,
    ReportRunInfo? Run,
    T? Report)
    where T : class;

/// <summary>A run, in short. What went wrong in it stands in the job's history.</summary>
/// <param name="Id">The id of its execution.</param>
/// <param name="RunId">Its name.</param>
/// <param name="Status"><c>running</c>, <c>success</c>, <c>partial</c> or <c>failed</c>.</param>
/// <param name="ExecutedAt">When it was executed, in UTC.</param>
public sealed record ReportRunInfo(long Id, string? RunId, string Status, string ExecutedAt);

/// <summary>The body of <c>POST /api/v1/jobs/trigger</c>.</summary>
/// <param name="ReportType"><c>pre-market</c>, <c>intraday</c>, <c>end-of-day</c> or <c>weekly</c>.</param>
/// <param name="Date">The business date; the current one when it is left out, of weekly reports the last Sunday.</param>
public sealed record TriggerRequest(string ReportType, string? Date = null);

/// <summary>The answer of <c>POST /api/v1/jobs/trigger</c>: the run goes on after it.</summary>
/// <param name="Success">True.</param>
/// <param name="Id">The id of the run's execution.</param>
/// <param name="RunId">The run's name.</param>
/// <param name="ReportType">Which report it makes.</param>
/// <param name="Date">Of which business date.</param>
/// <param name="Status"><c>running</c>.</param>
public sealed record TriggerAnswer(bool Success, long Id, string RunId, string ReportType, string Date, string Status);

/// <summary>Reads and writes reports and analyses.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReportAnswer<PreMarketReport>))]
[JsonSerializable(typeof(ReportAnswer<IntradayReport>))]
[JsonSerializable(typeof(ReportAnswer<EndOfDayReport>))]
[JsonSerializable(typeof(ReportAnswer<WeeklyReport>))]
[JsonSerializable(typeof(SentimentAnswer))]
[JsonSerializable(typeof(TriggerRequest))]
[JsonSerializable(typeof(TriggerAnswer))]
internal sealed partial class ReportsJson : JsonSerializerContext;
