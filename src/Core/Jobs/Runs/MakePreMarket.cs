using System.Text.Json;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Jobs.Reports.PreMarket;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>
/// Makes the pre-market report: the day's analysis, from prices of the days before alone, so that a run that is made up for later finds the same (rule R1).
/// </summary>
public sealed class MakePreMarket(AnalyzeSymbols analyze, IAnalysisStore analyses, JobsSettings settings) : IReportMaker
{
    private const string TriggerMode = "morning_prediction_alerts";

    /// <inheritdoc />
    public string ReportType => ReportTypes.PreMarket;

    /// <inheritdoc />
    public async Task<JobOutcome> MakeAsync(JobRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var date = run.Start.ExecutionDate;
        var task = await run.StageAsync(
            JobStages.Init, () => Task.FromResult(new AnalysisTask(date, settings.Symbols, date, TriggerMode)), cancellationToken);
        var quotes = await run.StageAsync(JobStages.DataFetch, () => analyze.FetchAsync(task.Symbols, cancellationToken), cancellationToken);
        var analysis = await run.StageAsync(JobStages.Analysis, () => analyze.JudgeAsync(quotes, task, cancellationToken), cancellationToken);
        var status = AnalysisRows.StatusOf(analysis);
        if (status == JobStatus.Failed)
        {
            // Nothing is stored in the place of an analysis that may be there.
            return ReportOutcome.Failed(AnalysisRows.ErrorsOf(analysis), analysis);
        }

        await run.StageAsync(JobStages.Storage, () => SaveAsync(analysis, cancellationToken), cancellationToken);
        var content = await run.StageAsync(
            JobStages.Finalize,
            () => Task.FromResult(JsonSerializer.Serialize(PreMarketBuilder.Build(analysis), ReportJson.Default.PreMarketReport)),
            cancellationToken);
        return ReportOutcome.Of(status, AnalysisRows.ErrorsOf(analysis), content, analysis);
    }

    private async Task<bool> SaveAsync(DailyAnalysis analysis, CancellationToken cancellationToken)
    {
        await analyses.SaveAsync(analysis, cancellationToken);
        return true;
    }
}
