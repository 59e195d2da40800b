using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>An execution to store. Its kind, date, report and run together name it: stored again, it is there once (rule J2).</summary>
/// <param name="JobType">What kind of job.</param>
/// <param name="ExecutionDate">The business date that it is for.</param>
/// <param name="ReportType">Which report it made; null when none.</param>
/// <param name="RunId">Which run, or which key of the key-value store, it comes from.</param>
/// <param name="Status">How it stands.</param>
/// <param name="ExecutedAt">When it was executed.</param>
public sealed record NewJob(string JobType, LocalDate ExecutionDate, string? ReportType, string RunId, JobStatus Status, Instant ExecutedAt)
{
    /// <summary>When it started; null when only its end is known.</summary>
    public Instant? StartedAt { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public long? ExecutionTimeMs { get; init; }

    /// <summary>How many symbols it was about, as far as the writer states it.</summary>
    public SymbolCounts Symbols { get; init; } = SymbolCounts.Unknown;

    /// <summary>What went wrong, fit for operators.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What else to keep, as JSON.</summary>
    public string? Metadata { get; init; }

    /// <summary>What started it, one of <see cref="JobTriggers"/>.</summary>
    public string? TriggerSource { get; init; }

    /// <summary>What it found.</summary>
    public IReadOnlyList<NewJobResult> Results { get; init; } = [];

    /// <summary>An id for a run that has no name elsewhere.</summary>
    public static string CreateRunId(LocalDate executionDate, string type) =>
        $"{executionDate.ToIso()}_{type}_{Guid.NewGuid()}";
}

/// <summary>What became of an execution to store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsNew">Whether it was stored now; false when its run was there already, and nothing changed.</param>
public readonly record struct StoredJob(long Id, bool IsNew);

/// <summary>How a run ended.</summary>
/// <param name="Status">Its status, which is not <see cref="JobStatus.Running"/>.</param>
public sealed record JobOutcome(JobStatus Status)
{
    /// <summary>How many symbols it was about; those with a verdict among the results are counted anew.</summary>
    public SymbolCounts Symbols { get; init; } = SymbolCounts.Unknown;

    /// <summary>What went wrong, fit for operators.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What else to keep, as JSON; null keeps what was stored at the start.</summary>
    public string? Metadata { get; init; }

    /// <summary>What it found.</summary>
    public IReadOnlyList<NewJobResult> Results { get; init; } = [];
}
