using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Jobs.Migration;
using TraderHub.Core.Migration;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Data.Jobs;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals;

namespace TraderHub.Data.Migration;

/// <summary>Registers the engine that moves key-value data to SQL. A group is one line here; an entity is one in its group.</summary>
public static class MigrationServices
{
    /// <summary>The engine and its groups.</summary>
    public static IServiceCollection AddMigration(this IServiceCollection services, SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return services
            .AddSingleton(new MigrationOptions(
                settings.Flag("Migration:AutoStart", false), settings.Flag("Migration:AutoRollback", false), settings.Flag("Migration:AckWithoutKv", false)))
            .AddGroups()
            .AddProtocol()
            .AddSweeps()
            .AddMoves();
    }

    private static IServiceCollection AddGroups(this IServiceCollection services) => services
        .AddKeyedSingleton("jobs", (provider, _) => SyncStores.Jobs(provider.GetRequiredService<JobsDatabase>(), provider.GetRequiredService<TimeProvider>()))
        .AddKeyedSingleton("signals", (provider, _) => SyncStores.Signals(provider.GetRequiredService<SignalsDatabase>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => provider.GetRequiredKeyedService<EntityGroup>("jobs"))
        .AddSingleton(provider => provider.GetRequiredKeyedService<EntityGroup>("signals"))
        .AddSingleton(provider => ValuesOf(provider, "jobs", new AnalysisEntity()));

    private static IServiceCollection AddProtocol(this IServiceCollection services) => services
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
        .AddSingleton<WriteKey>();

    private static IServiceCollection AddSweeps(this IServiceCollection services) => services
        .AddSingleton<WalkKeys>()
        .AddSingleton<CopyKeys>()
        .AddSingleton<SettleKey>()
        .AddSingleton<Sweep>()
        .AddSingleton<RunSweep>();

    private static IServiceCollection AddMoves(this IServiceCollection services) => services
        .AddSingleton<ChangeStage>()
        .AddSingleton<IGroupExport, GroupExport>()
        .AddSingleton<AdvanceGroup>()
        .AddSingleton<RollBackGroup>();

    private static ManagedValues<TValue> ValuesOf<TValue>(IServiceProvider provider, string group, IEntity<TValue> entity) => new(
        entity,
        provider.GetRequiredKeyedService<EntityGroup>(group),
        provider.GetRequiredService<ReadKey>(),
        provider.GetRequiredService<WriteKey>());
}
