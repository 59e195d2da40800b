using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Jobs.Migration;
using TraderHub.Core.Migration;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Migration.Watching;
using TraderHub.Core.Signals.Migration;
using TraderHub.Data.Jobs;
using TraderHub.Data.KeyValue;
using TraderHub.Data.Migration.Exports;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>Registers the engine that moves key-value data to SQL. A group is one line here; an entity is one in its group.</summary>
public static class MigrationServices
{
    /// <summary>The engine and its groups.</summary>
    public static IServiceCollection AddMigration(this IServiceCollection services, SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var exportDirectory = settings.Text("Migration:ExportDirectory", string.Empty);
        return services
            .AddSingleton(new MigrationOptions(
                settings.Flag("Migration:AutoStart", false), settings.Flag("Migration:AutoRollback", false), settings.Flag("Migration:AckWithoutKv", false)))
            .AddSingleton(provider => PlaceOfExports(provider, exportDirectory))
            .AddGroups()
            .AddProtocol()
            .AddSweeps()
            .AddMoves()
            .AddOperations();
    }

    private static IExportPlace PlaceOfExports(IServiceProvider provider, string named)
    {
        var keys = provider.GetRequiredService<KeyValueOptions>();
        return named.Length == 0 && keys.Provider == KeyValueProvider.Table
            ? new ExportContainer(keys)
            : new ExportFolder(named.Length > 0 ? named : Path.Combine(provider.GetRequiredService<DatabaseOptions>().Directory, "exports"));
    }

    private static IServiceCollection AddGroups(this IServiceCollection services) => services
        .AddKeyedSingleton("jobs", (provider, _) => ForModules(
            provider, SyncStores.Jobs(provider.GetRequiredService<JobsDatabase>(), provider.GetRequiredService<TimeProvider>())))
        .AddKeyedSingleton("signals", (provider, _) => ForModules(
            provider, SyncStores.Signals(provider.GetRequiredService<SignalsDatabase>(), provider.GetRequiredService<TimeProvider>())))
        .AddSingleton(provider => provider.GetRequiredKeyedService<EntityGroup>("jobs"))
        .AddSingleton(provider => provider.GetRequiredKeyedService<EntityGroup>("signals"))
        .AddSingleton(provider => ValuesOf(provider, "jobs", new AnalysisEntity()))
        .AddSingleton(provider => ValuesOf(provider, "signals", new FearGreedEntity()));

    private static IServiceCollection AddProtocol(this IServiceCollection services) => services
        .AddSingleton<EngineFigures>()
        .AddSingleton<HeadedStore>()
        .AddSingleton<StageDocuments>()
        .AddSingleton<KnownStages>()
        .AddSingleton<IStages>(provider => provider.GetRequiredService<KnownStages>())
        .AddSingleton<Instances>()
        .AddSingleton<PlaceKey>()
        .AddSingleton<Mirror>()
        .AddSingleton<HandOver>()
        .AddSingleton<HandBack>()
        .AddSingleton<Reconcile>()
        .AddSingleton<ForgetKey>()
        .AddSingleton<ReadKey>()
        .AddSingleton<WriteSqlKey>()
        .AddSingleton<WriteKey>()
        .AddSingleton<Intents>()
        .AddSingleton<SealKeys>()
        .AddSingleton<CarryOutIntent>()
        .AddSingleton<WriteSqlKeys>()
        .AddSingleton<WriteKeys>()
        .AddSingleton<ReplayIntents>();

    private static IServiceCollection AddSweeps(this IServiceCollection services) => services
        .AddSingleton<WalkKeys>()
        .AddSingleton<CopyKeys>()
        .AddSingleton<SettleKey>()
        .AddSingleton<Sweep>()
        .AddSingleton<RunSweep>();

    private static IServiceCollection AddMoves(this IServiceCollection services) => services
        .AddSingleton<ChangeStage>()
        .AddSingleton<GroupExport>()
        .AddSingleton<IGroupExport>(provider => provider.GetRequiredService<GroupExport>())
        .AddSingleton<IGroupExports>(provider => provider.GetRequiredService<GroupExport>())
        .AddSingleton<AdvanceGroup>()
        .AddSingleton<RollBackGroup>();

    private static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton(provider => Operate<JobsDatabase>(provider, "jobs", database => new JobsTables(database)))
        .AddSingleton(provider => Operate<SignalsDatabase>(
            provider, "signals", database => new SignalsTables(database, provider.GetRequiredService<TimeProvider>())))
        .AddSingleton<CompareKey>()
        .AddSingleton<AccountKeys>()
        .AddSingleton<VerifyGroup>()
        .AddSingleton<TryOutBackfill>()
        .AddSingleton<BackfillGroup>()
        .AddSingleton<RetryGroup>()
        .AddSingleton<PauseGroup>()
        .AddSingleton<QuarantineKey>()
        .AddSingleton<CleanUpGroup>()
        .AddSingleton<ReadGroupStatus>()
        .AddSingleton<ReconcileKeys>()
        .AddSingleton<CheckCompleteness>()
        .AddSingleton<ReadGroupWatch>()
        .AddSingleton<WatchGroups>()
        .AddSingleton<MigrationOperations>();

    /// <summary>A group as modules use it: with the operations on several keys that they register under its name, and measured.</summary>
    private static EntityGroup ForModules(IServiceProvider provider, EntityGroup group) =>
        group with
        {
            Operations = [.. provider.GetKeyedServices<IMultiKeyOperation>(group.Name)],
            Sql = new MeasuredSyncStore(group.Name, group.Sql, provider.GetRequiredService<EngineFigures>()),
        };

    private static OperatedGroup Operate<TDatabase>(IServiceProvider provider, string name, Func<TDatabase, IGroupTables> tables)
        where TDatabase : ModuleDatabase
    {
        var database = provider.GetRequiredService<TDatabase>();
        var group = provider.GetRequiredKeyedService<EntityGroup>(name);
        var sql = (SqlSyncStore)((MeasuredSyncStore)group.Sql).Unmeasured;
        return new(group with { Sql = sql }, tables(database), new SqlMigrationReports(database, name), new SqlFaults(database, name, sql));
    }

    private static ManagedValues<TValue> ValuesOf<TValue>(IServiceProvider provider, string group, IEntity<TValue> entity) => new(
        entity,
        provider.GetRequiredKeyedService<EntityGroup>(group),
        provider.GetRequiredService<ReadKey>(),
        provider.GetRequiredService<WriteKey>());
}
