using NodaTime;

namespace TraderHub.Core.Migration.Watching;

/// <summary>How a group is served by both stores, over all instances and the last minutes since its stage was changed.</summary>
/// <param name="Sql">What was asked of SQL for this group.</param>
/// <param name="Kv">What was asked of the key-value store, for all groups.</param>
/// <param name="Unsettled">How many keys the last walk left unsettled, and SQL's keys that the key-value store may not have as they are.</param>
/// <param name="UnsettledSince">Since when some are; null when none is.</param>
public sealed record GroupWatch(StoreFigures Sql, StoreFigures Kv, long Unsettled, Instant? UnsettledSince)
{
    /// <summary>How many calls there have to be before a share of them says anything.</summary>
    public const int FewestCalls = 100;

    /// <summary>Which share of the writes to SQL was done at once; null when there were too few.</summary>
    public double? WriteSuccess => ShareOf(Sql.FailedWrites);

    /// <summary>Which share of them SQL has by now; null when there were too few.</summary>
    public double? WriteSuccessAfterReconcile => ShareOf(Math.Min(Sql.FailedWrites, Unsettled));

    private double? ShareOf(long failed) => Sql.Writes >= FewestCalls ? (double)(Sql.Writes - failed) / Sql.Writes : null;
}
