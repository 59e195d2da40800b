using NodaTime;

namespace TraderHub.Core.Jobs;

/// <summary>The stages of a run, in their order.</summary>
public static class JobStages
{
    /// <summary>Finding out what to do.</summary>
    public const string Init = "init";

    /// <summary>Reading prices and news.</summary>
    public const string DataFetch = "data_fetch";

    /// <summary>Coming to verdicts.</summary>
    public const string Analysis = "ai_analysis";

    /// <summary>Storing them.</summary>
    public const string Storage = "storage";

    /// <summary>Bringing the run to its end.</summary>
    public const string Finalize = "finalize";
}

/// <summary>A stage of a run, as it was logged.</summary>
/// <param name="Stage">Which one, of <see cref="JobStages"/>.</param>
/// <param name="Status">How it stands: running, success or failed.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="Errors">What went wrong, fit for operators.</param>
public sealed record JobStage(string Stage, JobStatus Status, Instant StartedAt, Instant? EndedAt, IReadOnlyList<string> Errors);
