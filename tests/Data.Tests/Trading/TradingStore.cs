using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Trading;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Trading;

/// <summary>A migrated trading database in a real SQLite file of the test's own.</summary>
internal sealed class TradingStore : IAsyncDisposable
{
    private readonly TempFolder folder = new();

    private TradingStore() => Database = new TradingDatabase(new DatabaseOptions(folder.Path), NullLogger<TradingDatabase>.Instance);

    public TradingDatabase Database { get; }

    public static async Task<TradingStore> CreateAsync(TimeProvider clock)
    {
        var store = new TradingStore();
        await new MigrationRunner(store.Database, clock).MigrateAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Looks into the file beside the code under test.</summary>
    public IReadOnlyList<T> Query<T>(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database.Path};Pooling=False");
        return connection.Query<T>(sql).AsList();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Dispose();
    }
}
