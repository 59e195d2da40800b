using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

/// <summary>Lets programs and operators run a report when they want it.</summary>
public sealed class TriggerFunctions(
    RunReport runReport, BackgroundRuns background, [FromKeyedServices("jobs")] IdempotentRequests requests, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Runs a report of a business date now, in the background. What was made before stays in the history; the new run is what is shown.</summary>
    [Function(nameof(TriggerReport))]
    [Access(Caller.Program, Scope = Scopes.JobsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Accepts<TriggerRequest>]
    [Returns<TriggerAnswer>(StatusCodes.Status202Accepted, "The run has started; `/api/v1/jobs/{id}` tells how it goes.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(
        StatusCodes.Status409Conflict,
        "The report cannot be made now: it is being made, is not due, or there is none of that date; or the key was used for another body.",
        "DAY_IS_OVER",
        IdempotencyKey.ReusedCode,
        "NO_REPORT_OF_DATE",
        "REPORT_NOT_DUE",
        "REPORT_RUNNING")]
    public async Task<IResult> TriggerReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/jobs/trigger")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadJsonOrFormAsync(request, ReportsJson.Default.TriggerRequest, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var asked = Read(body.Value, BusinessDate.Of(clock.GetInstant()));
        if (asked.Error is { } invalid)
        {
            return invalid.ToProblem();
        }

        return await requests.RunAcknowledgedAsync(
            request,
            Encoding.UTF8.GetBytes($"{asked.Value.ReportType} {asked.Value.Date.ToIso()}"),
            _ => StartAsync(request, body.Value, asked.Value.ReportType, asked.Value.Date, cancellationToken),
            cancellationToken);
    }

    private async Task<IResult> StartAsync(HttpRequest request, TriggerRequest body, string reportType, LocalDate date, CancellationToken cancellationToken)
    {
        var started = await runReport.StartAsync(reportType, date, JobTriggers.Manual, cancellationToken);
        if (started.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var run = started.Value;
        await audit.WriteAsync(request, request.Identity().Name, "report run", detail: run.Start.RunId);
        background.Start(run.Start.RunId, token => runReport.CompleteAsync(run, token));
        var answer = new TriggerAnswer(
            true, run.Id, run.Start.RunId, reportType, body.Date ?? date.ToIso(), JobStatus.Running.ToText());
        return Reply.Json(answer, ReportsJson.Default.TriggerAnswer, StatusCodes.Status202Accepted);
    }

    private static Result<(string ReportType, LocalDate Date)> Read(TriggerRequest request, LocalDate today)
    {
        var errors = new FieldErrors();
        if (!ReportTypes.Scheduled.Contains(request.ReportType))
        {
            errors.Add("report_type", $"must be one of: {string.Join(", ", ReportTypes.Scheduled)}.");
        }

        var date = request.Date is null
            ? request.ReportType == ReportTypes.Weekly ? IsoWeek.Of(today.PlusDays(1)).Monday.PlusDays(-1) : today
            : ReportQuery.ParseDate(request.Date);
        if (date is null)
        {
            errors.Add("date", "must be a date such as 2026-11-20.");
        }

        return errors.IsEmpty ? (request.ReportType, date!.Value) : errors.ToError();
    }
}
