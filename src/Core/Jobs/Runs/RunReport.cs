using System.Globalization;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>Runs a report of a business date now: as a run that is stored from its start to its end.</summary>
public sealed class RunReport(RunJob runJob, IReportRuns runs, IEnumerable<IReportMaker> makers, TimeProvider clock)
{
    /// <summary>Starts a run; a refusal when the report cannot be made now, or is being made.</summary>
    public async Task<Result<JobRun>> StartAsync(string reportType, LocalDate date, string triggerSource, CancellationToken cancellationToken)
    {
        if (ReportRefusals.Find(reportType, date, clock.GetInstant()) is { } refusal)
        {
            return refusal;
        }

        var latest = (await runs.ListAsync(reportType, date, date, cancellationToken)).Newest();
        if (latest is { Status: JobStatus.Running })
        {
            return ReportRefusals.Running;
        }

        // Named after the run before it: of two that start at once, wherever, one finds the name taken.
        var runId = string.Create(CultureInfo.InvariantCulture, $"{date.ToIso()}_{reportType}_{triggerSource}_{latest?.Id ?? 0}");
        var run = await runJob.StartAsync(new JobStart(JobTypes.Analysis, date, reportType, runId, triggerSource), cancellationToken);
        return run is null ? ReportRefusals.Running : run;
    }

    /// <summary>Makes the report of a run that has started.</summary>
    public Task CompleteAsync(JobRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var maker = makers.Single(maker => maker.ReportType == run.Start.ReportType);
        return run.ExecuteAsync(started => maker.MakeAsync(started, cancellationToken));
    }
}
