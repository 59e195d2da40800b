using TraderHub.Core.Jobs.Migration;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Signals.Migration;
using TraderHub.Data.Jobs;
using TraderHub.Data.Signals;
using TraderHub.Data.Signals.Migration;

namespace TraderHub.Data.Migration;

/// <summary>The groups that move, each with the rows of its module.</summary>
internal static class SyncStores
{
    /// <summary>The group <c>jobs</c>.</summary>
    public static EntityGroup Jobs(JobsDatabase database, TimeProvider clock) =>
        GroupOf(new SqlSyncStore(database, "jobs", [new AnalysisEntityRows(new AnalysisEntity())], clock), "jobs");

    /// <summary>The group <c>signals</c>.</summary>
    public static EntityGroup Signals(SignalsDatabase database, TimeProvider clock) => GroupOf(
        new SqlSyncStore(
            database,
            "signals",
            [
                new SubscriptionRows(new SubscriptionsEntity()),
                new WatchlistRows(new WatchlistEntity()),
                new ExecutionRows(new ExecutionsEntity()),
                new PositionRows(new PositionsEntity()),
                new FearGreedRows(new FearGreedEntity()),
            ],
            clock),
        "signals");

    private static EntityGroup GroupOf(SqlSyncStore store, string name) => new(name, store.Entities, store);
}
