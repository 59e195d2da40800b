using NodaTime;
using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>
/// What the timers do: of the current business date they make the report that is due and has not been made, and before it the day's earlier ones that were
/// missed or failed. A report of another date is never made up (rule R8).
/// </summary>
public sealed class RunScheduledReport(RunReport runReport, IReportRuns runs, IJobRepository jobs, IJobRunLog log, CronJob cronJob, TimeProvider clock)
{
    private static readonly string[] OfADay = [ReportTypes.PreMarket, ReportTypes.Intraday, ReportTypes.EndOfDay];

    /// <summary>Makes what is due up to a report.</summary>
    public Task ExecuteAsync(string reportType, string timer, CancellationToken cancellationToken) =>
        cronJob.RunAsync(timer, (run, token) => RunAsync(reportType, run, token), cancellationToken);

    private async Task RunAsync(string reportType, CronRun cronRun, CancellationToken cancellationToken)
    {
        var date = BusinessDate.Of(clock.GetInstant());
        if (reportType != ReportTypes.Weekly && ExchangeCalendar.HolidayOn(date) is { } holiday)
        {
            await NoteHolidayAsync(reportType, date, holiday, cancellationToken);
            cronRun.Skipped();
            return;
        }

        var upTo = Array.IndexOf(OfADay, reportType);
        foreach (var type in upTo < 0 ? [reportType] : OfADay[..(upTo + 1)])
        {
            await RunIfDueAsync(type, date, cronRun, cancellationToken);
        }
    }

    private async Task RunIfDueAsync(string reportType, LocalDate date, CronRun cronRun, CancellationToken cancellationToken)
    {
        var known = await runs.ListAsync(reportType, date, date, cancellationToken);
        if (ReportTimes.PossibleFrom(reportType, date) is not { } due || clock.GetInstant() < due || known.Any(run => run.HasEndedWell()))
        {
            cronRun.Skipped();
            return;
        }

        var started = await runReport.StartAsync(reportType, date, JobTriggers.Schedule, cancellationToken);
        if (started.Error is { } refusal)
        {
            cronRun.Failed(refusal.Detail);
            return;
        }

        await runReport.CompleteAsync(started.Value, cancellationToken);
        if (await jobs.FindAsync(started.Value.Id, cancellationToken) is { Status: JobStatus.Failed } failed)
        {
            cronRun.Failed(failed.Errors is [var error, ..] ? error : $"The {reportType} report failed.");
        }
        else
        {
            cronRun.Processed();
        }
    }

    /// <summary>A run that says why there is no report; noted once however often the timer comes.</summary>
    private async Task NoteHolidayAsync(string reportType, LocalDate date, string holiday, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var metadata = new System.Text.Json.Nodes.JsonObject { [ReportExecutions.Holiday] = holiday }.ToJsonString();
        var stored = await jobs.StoreAsync(
            new NewJob(JobTypes.Analysis, date, reportType, $"{date.ToIso()}_{reportType}_holiday", JobStatus.Success, now)
            {
                StartedAt = now,
                ExecutionTimeMs = 0,
                Symbols = new(0, 0, null, 0),
                Metadata = metadata,
                TriggerSource = JobTriggers.Schedule,
            },
            cancellationToken);
        if (stored.IsNew)
        {
            await log.BeginStageAsync(stored.Id, JobStages.Init, now, cancellationToken);
            await log.EndStageAsync(stored.Id, JobStages.Init, JobStatus.Success, null, now, cancellationToken);
        }
    }
}
