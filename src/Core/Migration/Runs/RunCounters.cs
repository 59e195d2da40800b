namespace TraderHub.Core.Migration.Runs;

/// <summary>What a run has done, in keys where nothing else is said.</summary>
public sealed record RunCounters
{
    /// <summary>How many it has looked at.</summary>
    public long Seen { get; init; }

    /// <summary>How many were as they should be.</summary>
    public long Unchanged { get; init; }

    /// <summary>How many SQL took, or would take.</summary>
    public long Copied { get; init; }

    /// <summary>How many the key-value store took.</summary>
    public long Mirrored { get; init; }

    /// <summary>How many changed their owner.</summary>
    public long Moved { get; init; }

    /// <summary>How many were over their time.</summary>
    public long Expired { get; init; }

    /// <summary>How many cannot be read.</summary>
    public long Failed { get; init; }

    /// <summary>How many have elements that do not parse.</summary>
    public long Quarantined { get; init; }

    /// <summary>How many changed each time they were looked at.</summary>
    public long Unsettled { get; init; }

    /// <summary>How many are different in both stores, although both say that they stand at the same point.</summary>
    public long Mismatched { get; init; }

    /// <summary>How many were deleted for good.</summary>
    public long Deleted { get; init; }

    /// <summary>Two runs' counters together.</summary>
    public RunCounters Plus(RunCounters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Seen = Seen + other.Seen,
            Unchanged = Unchanged + other.Unchanged,
            Copied = Copied + other.Copied,
            Mirrored = Mirrored + other.Mirrored,
            Moved = Moved + other.Moved,
            Expired = Expired + other.Expired,
            Failed = Failed + other.Failed,
            Quarantined = Quarantined + other.Quarantined,
            Unsettled = Unsettled + other.Unsettled,
            Mismatched = Mismatched + other.Mismatched,
            Deleted = Deleted + other.Deleted,
        };
    }
}
