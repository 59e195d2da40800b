using NodaTime;

namespace TraderHub.Core.Migration.Runs;

/// <summary>A walk over a group's keys that somebody started.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Group">The group.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Fence">Grows with every run of the group: what a run with a lower one would still write is refused (rule M8).</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="StartedBy">Who started it.</param>
public sealed record MigrationRun(string Id, string Group, RunKind Kind, long Fence, Instant StartedAt, string StartedBy)
{
    /// <summary>Who starts the runs that nobody asks for, one a minute; few of them are kept.</summary>
    public const string ByItself = "traderhub";

    /// <summary>How it is going, or went.</summary>
    public RunStatus Status { get; init; } = RunStatus.Running;

    /// <summary>The last key that is done; null at the beginning. A run that goes on where another died begins behind it.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>What it has done so far.</summary>
    public RunCounters Counters { get; init; } = new();

    /// <summary>When it last gave a sign of life.</summary>
    public Instant UpdatedAt { get; init; } = StartedAt;

    /// <summary>When it ended; null while it runs.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }
}

/// <summary>What a run does.</summary>
public enum RunKind
{
    /// <summary>Copies to SQL what it does not have, and finishes what was begun.</summary>
    Backfill,

    /// <summary>Compares every value.</summary>
    Verify,

    /// <summary>Hands keys over to SQL.</summary>
    HandOver,

    /// <summary>Gives keys back to the key-value store.</summary>
    HandBack,

    /// <summary>Mirrors every key to the key-value store.</summary>
    Mirror,

    /// <summary>Deletes the keys that are not needed any more.</summary>
    Cleanup,
}

/// <summary>How a run goes.</summary>
public enum RunStatus
{
    /// <summary>It runs, or died without a word.</summary>
    Running,

    /// <summary>It has looked at every key.</summary>
    Completed,

    /// <summary>It could not go on.</summary>
    Failed,

    /// <summary>Somebody ended it, or another run took its place.</summary>
    Cancelled,
}
