using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraderHub.Data.Jobs;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.Signals;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.Soak.Migration;

/// <summary>Where the processes of a run have their data: the key-value store in a folder, and SQL there too or in a PostgreSQL database of the run's own.</summary>
internal sealed class SharedPlace(DatabaseOptions options, string? server) : IAsyncDisposable
{
    /// <summary>Names the cluster, as for the tests.</summary>
    public const string ServerVariable = "TRADERHUB_TEST_POSTGRES";

    private const string DatabaseVariable = "TRADERHUB_SOAK_DATABASE";

    public DatabaseOptions Options { get; } = options;

    /// <summary>Whether what is there stays when the run is over, for a look at what went wrong.</summary>
    public bool IsKept { get; set; }

    /// <summary>Whether a run on a database can be made here; otherwise it is said why not.</summary>
    public static bool IsPossible(DatabaseProvider provider)
    {
        var isPossible = provider == DatabaseProvider.Sqlite || Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 };
        if (!isPossible)
        {
            Console.Error.WriteLine($"No PostgreSQL: set {ServerVariable} to what 'tests/postgres start <folder>' prints.");
        }

        return isPossible;
    }

    /// <summary>An empty place, its databases brought up.</summary>
    public static async Task<SharedPlace> CreateAsync(DatabaseProvider provider, TimeProvider clock)
    {
        var folder = Directory.CreateTempSubdirectory("traderhub-soak-").FullName;
        var place = provider == DatabaseProvider.Sqlite
            ? new SharedPlace(new DatabaseOptions(provider, folder), server: null)
            : await CreateDatabaseAsync(folder, Environment.GetEnvironmentVariable(ServerVariable)!);
        await using var jobs = new JobsDatabase(place.Options, NullLogger<JobsDatabase>.Instance);
        await using var signals = new SignalsDatabase(place.Options, NullLogger<SignalsDatabase>.Instance);
        await using var keys = new KeyValueDatabase(place.Options, NullLogger<KeyValueDatabase>.Instance);
        foreach (var database in new ModuleDatabase[] { jobs, signals, keys })
        {
            await new MigrationRunner(database, clock).MigrateAsync(CancellationToken.None);
        }

        return place;
    }

    /// <summary>Another place with the same data; nobody may use this one meanwhile, and its SQL must be SQLite.</summary>
    public SharedPlace Copy()
    {
        var folder = Directory.CreateTempSubdirectory("traderhub-soak-").FullName;
        foreach (var file in Directory.EnumerateFiles(Options.Directory))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return new(Options with { Directory = folder }, server: null);
    }

    /// <summary>The place that a process was told by its parent.</summary>
    public static DatabaseOptions OptionsOf(string folder) => Environment.GetEnvironmentVariable(DatabaseVariable) is { Length: > 0 } connection
        ? new(DatabaseProvider.Postgres, folder, connection)
        : new(DatabaseProvider.Sqlite, folder);

    /// <summary>Tells a process that is to be started where the data are.</summary>
    public void AddTo(ProcessStartInfo start)
    {
        start.ArgumentList.Add(Options.Directory);
        start.Environment[DatabaseVariable] = Options.ConnectionString ?? string.Empty;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsKept)
        {
            Console.WriteLine($"kept for a look: {Options.Directory} {Options.ConnectionString}");
            return;
        }

        Directory.Delete(Options.Directory, recursive: true);
        if (server is not null)
        {
            await ExecuteAsync(server, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(Options.ConnectionString).Database} WITH (FORCE)");
        }
    }

    private static async Task<SharedPlace> CreateDatabaseAsync(string folder, string server)
    {
        var name = $"soak_{Guid.NewGuid():n}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 10 }.ConnectionString;
        return new(new DatabaseOptions(DatabaseProvider.Postgres, folder, connection), server);
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
