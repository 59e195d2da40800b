using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Data;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.Migration;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Soak.Migration;

/// <summary>An instance of the engine, composed as a host composes it. The group is <c>signals</c>, its keys are histories of executions.</summary>
internal sealed class EngineInstance : IAsyncDisposable
{
    /// <summary>The group that moves.</summary>
    public const string GroupName = "signals";

    private readonly ServiceProvider services;

    private EngineInstance(ServiceProvider services)
    {
        this.services = services;
        Group = services.GetRequiredKeyedService<EntityGroup>(GroupName);
    }

    /// <summary>The group; one that kills its process has others of its ports.</summary>
    public EntityGroup Group { get; private set; }

    /// <summary>The group with what operators ask of it.</summary>
    public OperatedGroup Operated => Get<IEnumerable<OperatedGroup>>().Single(group => group.Name == GroupName) with { Group = Group };

    public static EngineInstance On(DatabaseOptions place, TimeProvider clock) => new(Compose(place, clock).BuildServiceProvider());

    /// <summary>One that kills its process at one of the points at which a store changes.</summary>
    public static EngineInstance Mortal(DatabaseOptions place, TimeProvider clock, Death death)
    {
        var services = Compose(place, clock)
            .AddSingleton<IVersionedKeyValueStore>(provider => new MortalStore(provider.GetRequiredService<SqliteKeyValueStore>(), death))
            .AddSingleton<IKeyValueStore>(provider => provider.GetRequiredService<IVersionedKeyValueStore>());
        var engine = new EngineInstance(services.BuildServiceProvider());
        var group = engine.Group;
        engine.Group = group with
        {
            Sql = new MortalSyncStore(group.Sql, death),
            Stages = new MortalStageRecords(group.Stages, death),
            Runs = new MortalRuns(group.Runs, death),
        };
        return engine;
    }

    private static IServiceCollection Compose(DatabaseOptions place, TimeProvider clock)
    {
        var settings = new SettingsReader(new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                new("Database:Provider", place.Provider == DatabaseProvider.Sqlite ? "sqlite" : "postgres"),
                new("Database:Directory", place.Directory),
                new("Database:ConnectionString", place.ConnectionString),
            ])
            .Build());
        return new ServiceCollection()
            .AddLogging(logging => logging.ClearProviders())
            .AddSingleton(clock)
            .AddDatabases(settings)
            .AddKeyValueStore(settings)
            .AddMigration(settings);
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Appends an execution of a price, which is the operation's name too.</summary>
    public Task<Result<KeyWritten>> AppendAsync(string key, string price, long? expiresAt = null) => Get<WriteKey>().ExecuteAsync(
        ManagedKey.Of(Group, key), OperationId.Of(key, price), current => KeyChange.Put(Executions.Append(current, price), expiresAt), CancellationToken.None);

    /// <summary>Deletes a key.</summary>
    public Task<Result<KeyWritten>> DeleteAsync(string key, string name) => Get<WriteKey>().ExecuteAsync(
        ManagedKey.Of(Group, key), OperationId.Of(key, name), _ => KeyChange.Delete, CancellationToken.None);

    /// <summary>The prices that a key has.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string key) =>
        Executions.PricesOf((await Get<ReadKey>().ExecuteAsync(ManagedKey.Of(Group, key), CancellationToken.None)).Value);

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
