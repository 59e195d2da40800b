using NodaTime;

namespace TraderHub.Core.Jobs;

/// <summary>What of the history is asked for; every part that is given narrows it.</summary>
public sealed record JobHistoryQuery
{
    /// <summary>What kind of job.</summary>
    public string? JobType { get; init; }

    /// <summary>How it ended, or stands.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>Which report it made.</summary>
    public string? ReportType { get; init; }

    /// <summary>A symbol among its results, as it is written or in another case where that makes no other symbol of it.</summary>
    public string? Symbol { get; init; }

    /// <summary>The first business date.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The first business date after it.</summary>
    public LocalDate? To { get; init; }

    /// <summary>A part of its type, report, run id or metadata, or of its errors for those who may read them; case does not matter.</summary>
    public string? Text { get; init; }

    /// <summary>The shortest time that it took, in milliseconds.</summary>
    public long? MinDurationMs { get; init; }

    /// <summary>The most executions to answer.</summary>
    public required int Limit { get; init; }

    /// <summary>The place to go on after; null begins with the newest.</summary>
    public JobHistoryKey? After { get; init; }

    /// <summary>Whether the caller may read error texts.</summary>
    public bool WithErrors { get; init; }
}

/// <summary>A part of the history, newest first.</summary>
/// <param name="Jobs">The executions.</param>
/// <param name="Next">The place to go on after; null at the end.</param>
public sealed record JobPage(IReadOnlyList<JobRecord> Jobs, JobHistoryKey? Next);

/// <summary>The executions as callers see them.</summary>
public interface IJobHistory
{
    /// <summary>
    /// A page: newest business date first, and the newest execution of a date first. Filters that leave little of much may end a page before it is full;
    /// <see cref="JobPage.Next"/> then goes on where the looking stopped, so that no page takes long and none is left out (rule J5).
    /// </summary>
    Task<JobPage> ReadAsync(JobHistoryQuery query, CancellationToken cancellationToken);

    /// <summary>An execution; null when there is none of that id.</summary>
    Task<JobRecord?> FindAsync(long id, bool withErrors, CancellationToken cancellationToken);

    /// <summary>
    /// The newest execution of a kind before a business date, and with a report when one is named; null when there is none. A date that is far off,
    /// which another system may have stored, would stay the newest for good.
    /// </summary>
    Task<JobRecord?> FindLatestAsync(string jobType, string? reportType, LocalDate before, bool withErrors, CancellationToken cancellationToken);
}
