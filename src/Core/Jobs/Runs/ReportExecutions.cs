namespace TraderHub.Core.Jobs.Runs;

/// <summary>What executions say about reports.</summary>
public static class ReportExecutions
{
    /// <summary>The field of the metadata that names a holiday.</summary>
    public const string Holiday = "holiday";

    /// <summary>The newest of some runs, which are sorted so; null when there is none.</summary>
    public static JobExecution? Newest(this IReadOnlyList<JobExecution> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return runs.Count > 0 ? runs[0] : null;
    }

    /// <summary>Whether a run made something, or had nothing to make.</summary>
    public static bool HasEndedWell(this JobExecution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Status is JobStatus.Success or JobStatus.Partial;
    }
}
