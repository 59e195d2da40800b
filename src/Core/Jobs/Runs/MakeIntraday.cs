using System.Text.Json;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Jobs.Reports.Intraday;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>Makes the intraday report: the morning's verdicts beside those that the prices of now lead to.</summary>
public sealed class MakeIntraday(FindMorning findMorning, AnalyzeSymbols analyze, JobsSettings settings, TimeProvider clock) : IReportMaker
{
    private const string TriggerMode = "midday_validation_prediction";

    /// <inheritdoc />
    public string ReportType => ReportTypes.Intraday;

    /// <inheritdoc />
    public async Task<JobOutcome> MakeAsync(JobRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var date = run.Start.ExecutionDate;
        var morning = await run.StageAsync(JobStages.Init, () => findMorning.ExecuteAsync(date, cancellationToken), cancellationToken);
        if (morning is null)
        {
            return ReportOutcome.Failed($"There is no morning analysis of {date.ToIso()} to compare with.");
        }

        var task = new AnalysisTask(date, settings.SymbolsOf(morning.Analysis), date.PlusDays(1), TriggerMode);
        var quotes = await run.StageAsync(JobStages.DataFetch, () => analyze.FetchAsync(task.Symbols, cancellationToken), cancellationToken);
        var current = await run.StageAsync(JobStages.Analysis, () => analyze.JudgeAsync(quotes, task, cancellationToken), cancellationToken);
        var isOpen = ExchangeCalendar.SessionOn(date)?.Contains(clock.GetInstant()) is true;
        var content = await run.StageAsync(
            JobStages.Finalize,
            () => Task.FromResult(JsonSerializer.Serialize(
                IntradayBuilder.Build(morning.Analysis, current, quotes.MovesOn(date), isOpen, morning.RunId), ReportJson.Default.IntradayReport)),
            cancellationToken);
        var status = AnalysisRows.StatusOf(current);
        return status == JobStatus.Failed
            ? ReportOutcome.Failed(AnalysisRows.ErrorsOf(current), current)
            : ReportOutcome.Of(status, AnalysisRows.ErrorsOf(current), content, current);
    }
}
