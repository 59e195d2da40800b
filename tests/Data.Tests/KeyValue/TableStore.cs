using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.KeyValue;
using TraderHub.Data.KeyValue;
using TraderHub.Data.KeyValue.Table;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.KeyValue;

public sealed class TableKeyValueStoreTests(Azurite azurite) : KeyValueStoreContract, IClassFixture<Azurite>
{
    protected override Task<ITestStore> OpenAsync(TimeProvider clock) => TableStore.OpenAsync(azurite, clock);
}

public sealed class TableVersionedStoreTests(Azurite azurite) : VersionedKeyValueStoreContract, IClassFixture<Azurite>
{
    protected override Task<ITestStore> OpenAsync(TimeProvider clock) => TableStore.OpenAsync(azurite, clock);
}

/// <summary>
/// The Azurite that a class's tests share, each with tables of its own; started by the first that needs it. It has one thread: classes that shared one would wait
/// for each other.
/// </summary>
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
