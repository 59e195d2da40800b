using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.KeyValue;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.KeyValue;

public sealed class SqliteKeyValueStoreTests : KeyValueStoreContract
{
    protected override Task<ITestStore> OpenAsync(TimeProvider clock) => SqliteStore.OpenAsync(clock);
}

public sealed class SqliteVersionedStoreTests : VersionedKeyValueStoreContract
{
    protected override Task<ITestStore> OpenAsync(TimeProvider clock) => SqliteStore.OpenAsync(clock);
}

/// <summary>The store in a SQLite file of the test's own.</summary>
internal sealed class SqliteStore(TempFolder folder, KeyValueDatabase database, TimeProvider clock) : ITestStore
{
    private readonly SqliteKeyValueStore store = new(database, clock);

    public IVersionedKeyValueStore Store => store;

    public IExpiredKeys Expired => store;

    public static async Task<ITestStore> OpenAsync(TimeProvider clock)
    {
        var folder = new TempFolder();
        await MigratedTemplates.CopyFileAsync("kv", folder.Path);
        var database = new KeyValueDatabase(new DatabaseOptions(DatabaseProvider.Sqlite, folder.Path), NullLogger<KeyValueDatabase>.Instance);
        return new SqliteStore(folder, database, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }
}
