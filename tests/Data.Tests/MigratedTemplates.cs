using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraderHub.Data.Jobs;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.Signals;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Trading;
using TraderHub.Data.Worktime;
using TraderHub.Testing;

namespace TraderHub.Data.Tests;

/// <summary>
/// Databases that are migrated once a run and copied for each test, because a copy takes a fraction of a migration's time. Tests of the migrations do not use
/// them.
/// </summary>
internal static class MigratedTemplates
{
    private static readonly ConcurrentDictionary<string, FileTemplate> Files = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Names = new(StringComparer.Ordinal);

    /// <summary>Puts the SQLite file of a module into a folder.</summary>
    public static Task CopyFileAsync(string module, string folder) => Files
        .GetOrAdd(module, _ => new FileTemplate(path => MigrateAsync(new DatabaseOptions(DatabaseProvider.Sqlite, path), [module])))
        .CopyToAsync(folder);

    /// <summary>The PostgreSQL database to copy for a test of some modules.</summary>
    public static Task<string> FindDatabaseAsync(string server, string[] modules) =>
        Names.GetOrAdd(string.Join('_', modules), key => new(() => CreateDatabaseAsync(server, key, modules))).Value;

    /// <summary>Drops the databases when no test needs them any more.</summary>
    public static async Task DropDatabasesAsync()
    {
        foreach (var name in Names.Values.Where(name => name.Value.IsCompletedSuccessfully))
        {
            await ExecuteAsync(Environment.GetEnvironmentVariable(Databases.Variable)!, $"DROP DATABASE {await name.Value} WITH (FORCE)");
        }
    }

    private static async Task<string> CreateDatabaseAsync(string server, string key, string[] modules)
    {
        var name = $"template_{key}_{Guid.NewGuid():n}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");

        // PostgreSQL copies no database that has connections, so that none may stay in the pool.
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ConnectionString;
        await MigrateAsync(new DatabaseOptions(DatabaseProvider.Postgres, string.Empty, connection), modules);
        return name;
    }

    private static async Task MigrateAsync(DatabaseOptions options, string[] modules)
    {
        foreach (var module in modules)
        {
            await using var database = Open(module, options);
            await new MigrationRunner(database, TimeProvider.System).MigrateAsync(CancellationToken.None);
        }
    }

    private static ModuleDatabase Open(string module, DatabaseOptions options) => module switch
    {
        "jobs" => new JobsDatabase(options, NullLogger<JobsDatabase>.Instance),
        "kv" => new KeyValueDatabase(options, NullLogger<KeyValueDatabase>.Instance),
        "signals" => new SignalsDatabase(options, NullLogger<SignalsDatabase>.Instance),
        "trading" => new TradingDatabase(options, NullLogger<TradingDatabase>.Instance),
        "worktime" => new WorktimeDatabase(options, NullLogger<WorktimeDatabase>.Instance),
        _ => throw new ArgumentOutOfRangeException(nameof(module), module, "There is no such module."),
    };

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
