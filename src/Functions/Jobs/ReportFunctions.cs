using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Jobs.Reports.EndOfDay;
using TraderHub.Core.Jobs.Reports.Intraday;
using TraderHub.Core.Jobs.Reports.PreMarket;
using TraderHub.Core.Jobs.Reports.Reading;
using TraderHub.Core.Jobs.Reports.Weekly;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

/// <summary>The reports as JSON. The header <c>X-Data-Source</c> says whether their analysis is from the database or the key-value store.</summary>
public sealed class ReportFunctions(ReadReport readReport, TimeProvider clock)
{
    private const string SourceHeader = "X-Data-Source";

    private const string DateMeaning = "The business date, such as 2026-11-20, or `yesterday`; without it today's.";

    private const string WeekMeaning = "A date of the week, or the week such as 2026-W47; without it the current one.";

    private const string ZoneMeaning = "The IANA zone in which today is meant; New York's without it.";

    /// <summary>What the morning's analysis of a business date expects of it.</summary>
    [Function(nameof(GetPreMarketReport))]
    [Access(Caller.Anybody, Knows = Caller.Program)]
    [Versioned]
    [Query<string>("date", DateMeaning)]
    [Query<string>("tz", ZoneMeaning)]
    [Returns<ReportAnswer<PreMarketReport>>("The report, or why there is none: `state` says which.")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public Task<IResult> GetPreMarketReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/reports/pre-market")] HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(
            request,
            ReportQuery.DateOf(request, clock.GetInstant()),
            async date => WithoutReasons(await readReport.ReadPreMarketAsync(date, cancellationToken), request),
            ReportsJson.Default.ReportAnswerPreMarketReport);

    /// <summary>How the morning's verdicts of a business date held at midday.</summary>
    [Function(nameof(GetIntradayReport))]
    [Access(Caller.Anybody)]
    [Versioned]
    [Query<string>("date", DateMeaning)]
    [Query<string>("tz", ZoneMeaning)]
    [Returns<ReportAnswer<IntradayReport>>("The report, or why there is none: `state` says which.")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public Task<IResult> GetIntradayReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/reports/intraday")] HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(
            request,
            ReportQuery.DateOf(request, clock.GetInstant()),
            date => readReport.ReadAsync(ReportTypes.Intraday, date, ReportJson.Default.IntradayReport, cancellationToken),
            ReportsJson.Default.ReportAnswerIntradayReport);

    /// <summary>How the morning's verdicts of a business date did against its closing prices.</summary>
    [Function(nameof(GetEndOfDayReport))]
    [Access(Caller.Anybody)]
    [Versioned]
    [Query<string>("date", DateMeaning)]
    [Query<string>("tz", ZoneMeaning)]
    [Returns<ReportAnswer<EndOfDayReport>>("The report, or why there is none: `state` says which.")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public Task<IResult> GetEndOfDayReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/reports/end-of-day")] HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(
            request,
            ReportQuery.DateOf(request, clock.GetInstant()),
            date => readReport.ReadAsync(ReportTypes.EndOfDay, date, ReportJson.Default.EndOfDayReport, cancellationToken),
            ReportsJson.Default.ReportAnswerEndOfDayReport);

    /// <summary>The end-of-day reports of an ISO week together.</summary>
    [Function(nameof(GetWeeklyReport))]
    [Access(Caller.Anybody)]
    [Versioned]
    [Query<string>("date", WeekMeaning)]
    [Query<string>("tz", ZoneMeaning)]
    [Returns<ReportAnswer<WeeklyReport>>("The report, or why there is none: `state` says which.")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public Task<IResult> GetWeeklyReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/reports/weekly")] HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(
            request,
            ReportQuery.SundayOf(request, clock.GetInstant()),
            date => readReport.ReadAsync(ReportTypes.Weekly, date, ReportJson.Default.WeeklyReport, cancellationToken),
            ReportsJson.Default.ReportAnswerWeeklyReport);

    /// <summary>Why symbols failed is told to those who may read errors (rule J6).</summary>
    private static ReportView<PreMarketReport> WithoutReasons(ReportView<PreMarketReport> view, HttpRequest request) =>
        view.Content is { } content && !request.HasScope(Scopes.JobsRead)
            ? view with { Content = content with { AllSignals = [.. content.AllSignals.Select(signal => signal with { FailureReason = null })] } }
            : view;

    private static async Task<IResult> AnswerAsync<T>(
        HttpRequest request, Result<LocalDate> date, Func<LocalDate, Task<ReportView<T>>> read, JsonTypeInfo<ReportAnswer<T>> type)
        where T : class
    {
        if (date.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var view = await read(date.Value);
        request.HttpContext.Response.Headers[SourceHeader] = view.Source;
        return Reply.VersionedJson(view.ToAnswer(), type);
    }
}
