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
    public static JobOutcome Of(JobStatus status, IReadOnlyList<string> errors, string content, IReadOnlyList<NewJobResult> details, SymbolCounts symbols) => new(status)
    {
        Errors = errors,
        Symbols = symbols,
        Results = [.. details, new NewJobResult(ResultTypes.ReportSnapshot) { ReportContent = content }],
    };

    /// <summary>A report that cannot be made, and why.</summary>
    public static JobOutcome Failed(string reason) => new(JobStatus.Failed) { Errors = [reason] };
}
