using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>The module's refusals.</summary>
public static class JobErrors
{
    /// <summary>There is no execution of an id.</summary>
    public static Error NotFound { get; } = new(ErrorKind.NotFound, "JOB_NOT_FOUND", "Job not found");

    /// <summary>There is no execution of a kind.</summary>
    public static Error NoneFound { get; } = new(ErrorKind.NotFound, "NO_JOBS_FOUND", "No jobs found");

    /// <summary>The execution still runs.</summary>
    public static Error Running { get; } = new(
        ErrorKind.Conflict, "JOB_RUNNING", "This run has not ended yet. Remove it when it has; one that hangs is marked as failed after 30 minutes.");
}
