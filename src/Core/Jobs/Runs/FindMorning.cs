using NodaTime;
using TraderHub.Core.Jobs.Analysis;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>
/// Finds what was expected of a day that morning: the verdicts of its pre-market run, which nothing later changes; of days from before there were runs, the
/// day's analysis.
/// </summary>
public sealed class FindMorning(IReportRuns runs, IJobRepository jobs, IAnalysisStore analyses)
{
    /// <summary>The morning's verdicts; null when there are none of exactly that date.</summary>
    public async Task<MorningAnalysis?> ExecuteAsync(LocalDate date, CancellationToken cancellationToken)
    {
        foreach (var run in (await runs.ListAsync(ReportTypes.PreMarket, date, date, cancellationToken)).Where(run => run.HasEndedWell()))
        {
            var analysis = AnalysisRows.FromRows(run, await jobs.ListResultsAsync(run.Id, cancellationToken));
            if (analysis.Symbols.Any(symbol => symbol.IsUsable))
            {
                return new(analysis, run.RunId);
            }
        }

        return await analyses.FindAsync(date, cancellationToken) is { } stored ? new(stored.Analysis, AnalysisRows.RunIdOf(date)) : null;
    }
}

/// <summary>The morning's verdicts, and the run they are from.</summary>
/// <param name="Analysis">The verdicts.</param>
/// <param name="RunId">The run.</param>
public sealed record MorningAnalysis(DailyAnalysis Analysis, string? RunId);
