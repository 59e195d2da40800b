using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.KeyValue;
using TraderHub.Data.KeyValue;
using TraderHub.Data.KeyValue.Table;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.KeyValue;

/// <summary>The tests that share one Azurite, each with tables of its own.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}

[Collection(AzuriteTests.Name)]
public sealed class TableKeyValueStoreTests(Azurite azurite) : KeyValueStoreContract
{
    protected override Task<ITestStore> OpenAsync(TimeProvider clock) => TableStore.OpenAsync(azurite, clock);
}

[Collection(AzuriteTests.Name)]
public sealed class TableVersionedStoreTests(Azurite azurite) : VersionedKeyValueStoreContract
{
    protected override Task<ITestStore> OpenAsync(TimeProvider clock) => TableStore.OpenAsync(azurite, clock);
}

/// <summary>The shared Azurite; started by the first test that needs it.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private AzuriteServer? server;

    public async Task<AzuriteServer> GetAsync() => server ??= await AzuriteServer.StartAsync();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}

/// <summary>The store in tables of the test's own.</summary>
internal sealed class TableStore(AzuriteServer azurite, TimeProvider clock, string tableName, Action<TableClientOptions>? configure = null) : ITestStore
{
    private readonly TableKeyValueStore store = new(
        new TableClients(new KeyValueOptions(KeyValueProvider.Table, tableName, azurite.ConnectionString), configure),
        clock,
        NullLogger<TableKeyValueStore>.Instance);

    public IVersionedKeyValueStore Store => store;

    public IExpiredKeys Expired => store;

    public static async Task<ITestStore> OpenAsync(Azurite azurite, TimeProvider clock) =>
        new TableStore(await azurite.GetAsync(), clock, NewTableName());

    public static string NewTableName() => $"t{Guid.NewGuid():n}";

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
