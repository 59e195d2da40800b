using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Data.Jobs;
using TraderHub.Data.KeyValue;
using TraderHub.Data.Migration;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals;
using TraderHub.Data.Sql;
using TraderHub.Data.Tests.Signals.Telegram;

namespace TraderHub.Data.Tests.Migration;

/// <summary>An instance of the engine on real databases and a key-value store of the test's.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private readonly ServiceProvider services;

    /// <summary>An operator who does not wait for what only takes time.</summary>
    public static MoveRequest Operator { get; } = new("operator") { IsForced = true, Reason = "a test has no hour" };

    private TestEngine(ServiceProvider services) => this.services = services;

    public static TestEngine On(TestPlace place, IVersionedKeyValueStore store, TimeProvider clock, params (string Key, string Value)[] settings) =>
        new(Compose(place, store, clock, settings).BuildServiceProvider());

    /// <summary>One that goes by a stage, whatever the others say.</summary>
    public static TestEngine Pinned(TestPlace place, IVersionedKeyValueStore store, StageDocument stage) =>
        new(Compose(place, store, TimeProvider.System).AddSingleton<IStages>(new PinnedStages(stage)).BuildServiceProvider());

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public EntityGroup Group(string name) => services.GetRequiredKeyedService<EntityGroup>(name);

    /// <summary>A group as operators have it.</summary>
    public OperatedGroup Operated(string name) => Get<MigrationOperations>().Find(name).Value;

    /// <summary>A key of the group signals, from its owner.</summary>
    public Task<OwnedValue> ReadAsync(string key) => Get<ReadKey>().ExecuteAsync(ManagedKey.Of(Group("signals"), key), CancellationToken.None);

    /// <summary>Its value as text; null when there is none.</summary>
    public async Task<string?> ReadTextAsync(string key) => Saving.TextOf((await ReadAsync(key)).Value);

    /// <summary>Puts a text in the place of what a key of the group signals has.</summary>
    public Task<Result<KeyWritten>> ReplaceAsync(string key, string value) => Get<WriteKey>().ExecuteAsync(
        ManagedKey.Of(Group("signals"), key), OperationId.New(), _ => KeyChange.Put(Encoding.UTF8.GetBytes(value)), CancellationToken.None);

    /// <summary>Moves the group signals from stage kv on to another, with all its keys.</summary>
    public async Task MoveToAsync(Stage stage)
    {
        var group = Operated("signals");
        await Get<StageDocuments>().FindOrChooseAsync(group.Group, CancellationToken.None);
        if (stage >= Stage.Copy)
        {
            Assert.Null((await Get<BackfillGroup>().ExecuteAsync(group, Operator, new SweepOptions(), CancellationToken.None)).Error);
        }

        for (var next = Stage.Sql; next <= stage; next++)
        {
            var moved = await Get<AdvanceGroup>().ExecuteAsync(group.Group, Operator, CancellationToken.None);
            Assert.True(moved.Error is null, string.Join(' ', moved.Error?.Fields.SelectMany(field => field.Value) ?? []) + moved.Error?.Detail);
            Assert.Equal(next, moved.Value.Stage);
        }
    }

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
            .AddSingleton(new KeyValueOptions(KeyValueProvider.Sqlite))
            .AddSingleton(new JobsDatabase(place.Options, NullLogger<JobsDatabase>.Instance))
            .AddSingleton(new SignalsDatabase(place.Options, NullLogger<SignalsDatabase>.Instance))
            .AddSingleton<ModuleDatabase>(provider => provider.GetRequiredService<JobsDatabase>())
            .AddSingleton<ModuleDatabase>(provider => provider.GetRequiredService<SignalsDatabase>())
            .AddMigration(new SettingsReader(configuration))
            .AddJobsData()
            .AddSignalsChatsData()
            .AddKeyedSingleton<IMultiKeyOperation>("signals", RecordBuy.Kind)
            .AddSignalsBotData()
            .AddSingleton<IChatLinks, NoLinks>();
    }
}
