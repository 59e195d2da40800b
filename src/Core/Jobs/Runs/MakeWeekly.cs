using System.Globalization;
using System.Text.Json;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Jobs.Reports.Weekly;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>Makes the weekly report of the ISO week that ends on its business date, from the days' end-of-day reports.</summary>
public sealed class MakeWeekly(IReportRuns runs, IJobRepository jobs) : IReportMaker
{
    /// <inheritdoc />
    public string ReportType => ReportTypes.Weekly;

    /// <inheritdoc />
    public async Task<JobOutcome> MakeAsync(JobRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var week = await run.StageAsync(JobStages.Init, () => Task.FromResult(IsoWeek.Of(run.Start.ExecutionDate)), cancellationToken);
        var days = await run.StageAsync(JobStages.DataFetch, () => ReadDaysAsync(week, cancellationToken), cancellationToken);
        if (days.Count == 0)
        {
            return ReportOutcome.Failed($"No day of {week} has an end-of-day report.");
        }

        var report = WeeklyBuilder.Build(week, days);
        var content = await run.StageAsync(
            JobStages.Finalize, () => Task.FromResult(JsonSerializer.Serialize(report, ReportJson.Default.WeeklyReport)), cancellationToken);
        var missing = report.WeeklyOverview.TradingDays - report.WeeklyOverview.TradingDaysFound;
        return missing > 0
            ? ReportOutcome.Of(JobStatus.Partial, [string.Create(CultureInfo.InvariantCulture, $"{missing} days have no end-of-day report.")], content)
            : ReportOutcome.Of(JobStatus.Success, [], content);
    }

    private async Task<List<ReportedDay>> ReadDaysAsync(IsoWeek week, CancellationToken cancellationToken)
    {
        var days = new List<ReportedDay>();
        var all = await runs.ListAsync(ReportTypes.EndOfDay, week.Monday, week.Friday, cancellationToken);
        foreach (var ofDay in all.Where(run => run.HasEndedWell()).GroupBy(run => run.ExecutionDate).OrderBy(day => day.Key))
        {
            foreach (var run in ofDay)
            {
                var results = await jobs.ListResultsAsync(run.Id, cancellationToken);
                if (ReportJson.Read(results.SnapshotContent(), ReportJson.Default.EndOfDayReport) is { } report)
                {
                    days.Add(new(ofDay.Key, report));
                    break;
                }
            }
        }

        return days;
    }
}
