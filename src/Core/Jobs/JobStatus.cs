namespace TraderHub.Core.Jobs;

/// <summary>How a job's execution stands, or has ended.</summary>
public enum JobStatus
{
    /// <summary>It has not ended yet.</summary>
    Running,

    /// <summary>All of it succeeded. Predictions that turn out wrong are no failures.</summary>
    Success,

    /// <summary>Some symbols failed.</summary>
    Partial,

    /// <summary>All of it failed.</summary>
    Failed,
}

/// <summary>The words that stand for statuses in the store and on the wire.</summary>
public static class JobStatuses
{
    /// <summary>The statuses' words, in the order of <see cref="JobStatus"/>.</summary>
    public static IReadOnlyList<string> All { get; } = ["running", "success", "partial", "failed"];

    /// <summary>What the document calls <see cref="JobStatus.Failed"/>; it is understood and never written.</summary>
    private const string FailedAlias = "failure";

    /// <summary>A status' word.</summary>
    public static string ToText(this JobStatus status) => All[(int)status];

    /// <summary>The status of a word; null when it is none.</summary>
    public static JobStatus? Parse(string text) => text switch
    {
        "running" => JobStatus.Running,
        "success" => JobStatus.Success,
        "partial" => JobStatus.Partial,
        "failed" or FailedAlias => JobStatus.Failed,
        _ => null,
    };
}
