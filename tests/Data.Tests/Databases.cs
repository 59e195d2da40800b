using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraderHub.Data.Jobs;
using TraderHub.Data.Signals;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading;
using TraderHub.Data.Worktime;
using TraderHub.Testing;

namespace TraderHub.Data.Tests;

/// <summary>
/// The databases that every test of the SQL layer runs on. SQLite is a file of the test's own. PostgreSQL is a database of the test's own in the cluster
/// that <c>TRADERHUB_TEST_POSTGRES</c> names (<c>./test</c> starts one); without it those tests are skipped, visibly.
/// </summary>
public static class Databases
{
    public const string Variable = "TRADERHUB_TEST_POSTGRES";

    /// <summary>Both of them, for a theory.</summary>
    public static TheoryData<DatabaseProvider> Both { get; } = new(DatabaseProvider.Sqlite, DatabaseProvider.Postgres);

    /// <summary>An empty place for databases.</summary>
    public static Task<TestPlace> CreateAsync(DatabaseProvider provider) => CreateMigratedAsync(provider);

    /// <summary>A place with a migrated trading database in it.</summary>
    public static Task<TestPlace> CreateTradingAsync(DatabaseProvider provider) => CreateMigratedAsync(provider, "trading");

    /// <summary>A place with a migrated jobs database in it.</summary>
    public static Task<TestPlace> CreateJobsAsync(DatabaseProvider provider) => CreateMigratedAsync(provider, "jobs");

    /// <summary>A place with a migrated signals database in it.</summary>
    public static Task<TestPlace> CreateSignalsAsync(DatabaseProvider provider) => CreateMigratedAsync(provider, "signals");

    /// <summary>A place with both migrated databases that keys move to.</summary>
    public static Task<TestPlace> CreateSignalsAndJobsAsync(DatabaseProvider provider) => CreateMigratedAsync(provider, "signals", "jobs");

    /// <summary>A place with a migrated worktime database in it.</summary>
    public static Task<TestPlace> CreateWorktimeAsync(DatabaseProvider provider) => CreateMigratedAsync(provider, "worktime");

    private static async Task<TestPlace> CreateMigratedAsync(DatabaseProvider provider, params string[] modules)
    {
        var folder = new TempFolder();
        if (provider == DatabaseProvider.Sqlite)
        {
            foreach (var module in modules)
            {
                await MigratedTemplates.CopyFileAsync(module, folder.Path);
            }

            return new TestPlace(new DatabaseOptions(provider, folder.Path), folder, null);
        }

        var server = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(server), $"No PostgreSQL: set {Variable}, or run ./test.");
        var name = $"test_{Guid.NewGuid():n}";
        var template = modules.Length == 0 ? "template1" : await MigratedTemplates.FindDatabaseAsync(server!, modules);
        await using var source = NpgsqlDataSource.Create(server!);
        await using var create = source.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template}");
        await create.ExecuteNonQueryAsync();
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 10 }.ConnectionString;
        return new TestPlace(new DatabaseOptions(provider, folder.Path, connection), folder, server);
    }
}

/// <summary>Where a test's databases are.</summary>
public sealed class TestPlace(DatabaseOptions options, TempFolder folder, string? server) : IAsyncDisposable
{
    private readonly List<ModuleDatabase> others = [];

    public DatabaseOptions Options { get; } = options;

    public TempFolder Folder { get; } = folder;

    public TradingDatabase Trading { get; } = new(options, NullLogger<TradingDatabase>.Instance);

    public JobsDatabase Jobs { get; } = new(options, NullLogger<JobsDatabase>.Instance);

    public SignalsDatabase Signals { get; } = new(options, NullLogger<SignalsDatabase>.Instance);

    public WorktimeDatabase Worktime { get; } = new(options, NullLogger<WorktimeDatabase>.Instance);

    /// <summary>Another instance on the same trading database, as another process would have.</summary>
    public TradingDatabase OpenAnother()
    {
        var another = new TradingDatabase(Options, NullLogger<TradingDatabase>.Instance);
        others.Add(another);
        return another;
    }

    /// <summary>The same for the signals database.</summary>
    public SignalsDatabase OpenAnotherSignals()
    {
        var another = new SignalsDatabase(Options, NullLogger<SignalsDatabase>.Instance);
        others.Add(another);
        return another;
    }

    /// <summary>What a query on the trading database finds.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql) => Trading.QueryAsync<T>(sql, null, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var database in others.Append(Trading).Append(Jobs).Append(Signals).Append(Worktime))
        {
            await database.DisposeAsync();
        }

        Folder.Dispose();
        if (server is not null)
        {
            await using var source = NpgsqlDataSource.Create(server);
            await using var drop = source.CreateCommand($"DROP DATABASE {new NpgsqlConnectionStringBuilder(Options.ConnectionString).Database} WITH (FORCE)");
            await drop.ExecuteNonQueryAsync();
        }
    }
}
