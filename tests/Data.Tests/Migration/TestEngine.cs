using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Stages;
using TraderHub.Data.Jobs;
using TraderHub.Data.Migration;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.Data.Tests.Migration;

/// <summary>An instance of the engine on real databases and a key-value store of the test's.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private TestEngine(ServiceProvider services) => this.services = services;

    public static TestEngine On(TestPlace place, IVersionedKeyValueStore store, TimeProvider clock, params (string Key, string Value)[] settings) =>
        new(Compose(place, store, clock, settings).BuildServiceProvider());

    /// <summary>One that goes by a stage, whatever the others say.</summary>
    public static TestEngine Pinned(TestPlace place, IVersionedKeyValueStore store, StageDocument stage) =>
        new(Compose(place, store, TimeProvider.System).AddSingleton<IStages>(new PinnedStages(stage)).BuildServiceProvider());

    /// <summary>The same, with the schemas brought up first.</summary>
    public static async Task<TestEngine> MigratedAsync(TestPlace place, IVersionedKeyValueStore store, TimeProvider clock)
    {
        await new MigrationRunner(place.Jobs, clock).MigrateAsync(CancellationToken.None);
        await new MigrationRunner(place.Signals, clock).MigrateAsync(CancellationToken.None);
        return On(place, store, clock);
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public EntityGroup Group(string name) => services.GetRequiredKeyedService<EntityGroup>(name);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static IServiceCollection Compose(TestPlace place, IVersionedKeyValueStore store, TimeProvider clock, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock)
            .AddSingleton(store)
            .AddSingleton<IKeyValueStore>(store)
            .AddSingleton(place.Options)
            .AddSingleton(new JobsDatabase(place.Options, NullLogger<JobsDatabase>.Instance))
            .AddSingleton(new SignalsDatabase(place.Options, NullLogger<SignalsDatabase>.Instance))
            .AddSingleton<ModuleDatabase>(provider => provider.GetRequiredService<JobsDatabase>())
            .AddSingleton<ModuleDatabase>(provider => provider.GetRequiredService<SignalsDatabase>())
            .AddMigration(new SettingsReader(configuration))
            .AddJobsData()
            .AddKeyedSingleton<IMultiKeyOperation>("signals", RecordBuy.Kind);
    }
}
