using NodaTime;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>A stretch of time that a developer spent on the review of a pull request.</summary>
/// <param name="Id">Its id; 0 before it is stored.</param>
/// <param name="PullRequest">What was reviewed.</param>
/// <param name="StartTime">When it began.</param>
/// <param name="Status">How it stands.</param>
public sealed record TimeSession(long Id, PullRequest PullRequest, Instant StartTime, SessionStatus Status)
{
    /// <summary>When it ended; for an abandoned one, its last sign of life. Null while it runs.</summary>
    public Instant? EndTime { get; init; }

    /// <summary>What it counts, in seconds; null unless it is completed.</summary>
    public long? DurationSeconds { get; init; }

    /// <summary>The last sign of life.</summary>
    public Instant LastSeenAt { get; init; }

    /// <summary>For how long it was abandoned before it was resumed: that is no part of what elapsed.</summary>
    public long AwaySeconds { get; init; }

    /// <summary>The zone whose days it counts in: the developer's when it ended (rule V3).</summary>
    public string ZoneId { get; init; } = "UTC";

    /// <summary>Whether its start was worked out of its end, because that came first.</summary>
    public bool IsStartDerived { get; init; }

    /// <summary>The client's name for it; null when it gave none.</summary>
    public string? ClientId { get; init; }

    /// <summary>When it was stored.</summary>
    public Instant CreatedAt { get; init; }
}
