using TraderHub.Core.Jobs.Migration;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Signals.Migration;
using TraderHub.Data.Jobs;
using TraderHub.Data.Signals;
using TraderHub.Data.Signals.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The groups that move, each with the rows of its module.</summary>
internal static class SyncStores
{
    /// <summary>The group <c>jobs</c>.</summary>
    public static EntityGroup Jobs(JobsDatabase database, TimeProvider clock) =>
        GroupOf("jobs", database, new SqlSyncStore(database, "jobs", [new AnalysisEntityRows(new AnalysisEntity())], clock));

    /// <summary>The group <c>signals</c>.</summary>
    public static EntityGroup Signals(SignalsDatabase database, TimeProvider clock) => GroupOf(
        "signals",
        database,
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
            clock));

    private static EntityGroup GroupOf(string name, ModuleDatabase database, SqlSyncStore store) =>
        new(name, store.Entities, store, new SqlStageRecords(database), new SqlMigrationRuns(database));
}
