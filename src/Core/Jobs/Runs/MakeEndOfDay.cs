using System.Text.Json;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Jobs.Reports.EndOfDay;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>Makes the end-of-day report: the morning's calls scored with closing prices, and what those let expect of the next day.</summary>
public sealed class MakeEndOfDay(FindMorning findMorning, AnalyzeSymbols analyze, IReportRuns runs, JobsSettings settings) : IReportMaker
{
    private const string TriggerMode = "next_day_market_prediction";

    /// <inheritdoc />
    public string ReportType => ReportTypes.EndOfDay;

    /// <inheritdoc />
    public async Task<JobOutcome> MakeAsync(JobRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var date = run.Start.ExecutionDate;
        var morning = await run.StageAsync(JobStages.Init, () => findMorning.ExecuteAsync(date, cancellationToken), cancellationToken);
        if (morning is null || ExchangeCalendar.SessionOn(date) is not { } session)
        {
            return ReportOutcome.Failed($"There is no morning analysis of {date.ToIso()} to score.");
        }

        var task = new AnalysisTask(date, settings.SymbolsOf(morning.Analysis), date.PlusDays(1), TriggerMode);
        var quotes = await run.StageAsync(JobStages.DataFetch, () => analyze.FetchAsync(task.Symbols, cancellationToken), cancellationToken);
        var closing = await run.StageAsync(JobStages.Analysis, () => analyze.JudgeAsync(quotes, task, cancellationToken), cancellationToken);
        if (quotes.Histories.Count == 0)
        {
            return ReportOutcome.Failed(AnalysisRows.ErrorsOf(closing), closing);
        }

        var moves = quotes.MovesOn(date);
        var content = await run.StageAsync(JobStages.Finalize, () => BuildAsync(session, morning, closing, moves, cancellationToken), cancellationToken);
        var withoutClose = task.Symbols.Where(symbol => !moves.ContainsKey(symbol.Text)).Select(symbol => $"{symbol} has no closing price of {date.ToIso()}.").ToList();
        var status = moves.Count == 0 ? JobStatus.Failed : withoutClose.Count > 0 ? JobStatus.Partial : JobStatus.Success;
        return status == JobStatus.Failed
            ? ReportOutcome.Failed(withoutClose, closing)
            : ReportOutcome.Of(status, withoutClose, content, closing);
    }

    private async Task<string> BuildAsync(
        ExchangeSession session,
        MorningAnalysis morning,
        DailyAnalysis closing,
        IReadOnlyDictionary<string, Quotes.DayMove> moves,
        CancellationToken cancellationToken)
    {
        var intraday = (await runs.ListAsync(ReportTypes.Intraday, session.Date, session.Date, cancellationToken)).FirstOrDefault(run => run.HasEndedWell());
        var report = EndOfDayBuilder.Build(session, morning.Analysis, closing, moves, morning.RunId, intraday?.RunId);
        return JsonSerializer.Serialize(report, ReportJson.Default.EndOfDayReport);
    }
}
