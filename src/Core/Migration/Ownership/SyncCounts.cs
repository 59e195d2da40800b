namespace TraderHub.Core.Migration.Ownership;

/// <summary>How many keys of a group SQL knows.</summary>
/// <param name="Known">All of them.</param>
/// <param name="OwnedBySql">Those that SQL owns.</param>
/// <param name="Unmirrored">Those that SQL owns and the key-value store may not have as they are.</param>
/// <param name="Failed">Those that cannot be read, and that no operator has put aside.</param>
/// <param name="Quarantined">Those with a part, or all of them, put aside.</param>
public sealed record SyncCounts(long Known, long OwnedBySql, long Unmirrored, long Failed, long Quarantined)
{
    /// <summary>Those that the key-value store owns.</summary>
    public long OwnedByKv => Known - OwnedBySql;
}
