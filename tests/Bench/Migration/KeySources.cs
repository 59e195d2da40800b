using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Data.KeyValue;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.KeyValue.Table;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Testing;
using Xunit;

namespace TraderHub.Bench.Migration;

/// <summary>Makes key-value stores that hold analyses.</summary>
internal static class KeySources
{
    /// <summary>Fills the SQLite store of a data folder.</summary>
    public static async Task FillSqliteAsync(string folder, int keys, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var database = new KeyValueDatabase(new DatabaseOptions(DatabaseProvider.Sqlite, folder), NullLogger<KeyValueDatabase>.Instance);
        await new MigrationRunner(database, clock).MigrateAsync(cancellationToken);
        await AnalysisKeys.StoreAsync(new SqliteKeyValueStore(database, clock), keys, cancellationToken);
    }

    /// <summary>Starts and fills an Azurite; null where it cannot be had, which is said.</summary>
    public static async Task<AzuriteServer?> TryFillAzuriteAsync(int keys, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var server = await AzuriteServer.StartAsync();
            var clients = new TableClients(new KeyValueOptions(KeyValueProvider.Table, ConnectionString: server.ConnectionString));
            await AnalysisKeys.StoreAsync(new TableKeyValueStore(clients, clock, NullLogger<TableKeyValueStore>.Instance), keys, cancellationToken);
            return server;
        }
        catch (SkipException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return null;
        }
    }
}
