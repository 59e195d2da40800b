using TraderHub.Core.Jobs.Analysis;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>Makes one kind of report: from what is known, through the stages, to how the run ends.</summary>
public interface IReportMaker
{
    /// <summary>Which report it makes.</summary>
    string ReportType { get; }

    /// <summary>Makes the report of a run's business date.</summary>
    Task<JobOutcome> MakeAsync(JobRun run, CancellationToken cancellationToken);
}

/// <summary>What the makers share.</summary>
internal static class ReportOutcome
{
    /// <summary>A report that was made.</summary>
    public static JobOutcome Of(JobStatus status, IReadOnlyList<string> errors, string content) => new(status) { Errors = errors, Results = [Snapshot(content)] };

    /// <summary>A report that was made of an analysis, with its verdicts.</summary>
    public static JobOutcome Of(JobStatus status, IReadOnlyList<string> errors, string content, DailyAnalysis analysis)
    {
        var outcome = Failed(errors, analysis);
        return outcome with { Status = status, Results = [.. outcome.Results, Snapshot(content)] };
    }

    /// <summary>No report, but the analysis that it would have been made of.</summary>
    public static JobOutcome Failed(IReadOnlyList<string> errors, DailyAnalysis analysis) => new(JobStatus.Failed)
    {
        Errors = errors,
        Symbols = AnalysisRows.CountsOf(analysis),
        Results = AnalysisRows.ToResults(analysis),
    };

    /// <summary>A report that cannot be made, and why.</summary>
    public static JobOutcome Failed(string reason) => new(JobStatus.Failed) { Errors = [reason] };

    private static NewJobResult Snapshot(string content) => new(ResultTypes.ReportSnapshot) { ReportContent = content };
}
