using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Data.Jobs;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.Bench.Migration;

/// <summary>Makes empty databases for keys to move to, each with a data folder of its own.</summary>
/// <param name="run">The run.</param>
/// <param name="prefix">What the names of their folders begin with.</param>
internal sealed class MigrationPlaces(BenchRun run, string prefix)
{
    private const string KeyValueFile = "kv.db";

    private int made;

    /// <summary>A place on SQLite, or on the PostgreSQL of a connection string.</summary>
    /// <param name="keys">The data folder whose keys are to move; a copy of them does.</param>
    /// <param name="tables">The Table Storage whose keys are to move instead; null for those of the folder.</param>
    /// <param name="postgres">The PostgreSQL to move to; null for SQLite.</param>
    public MigrationPlace Create(string keys, string? tables, string? postgres)
    {
        var (name, options) = CreateDatabase(postgres);
        var settings = new List<(string, string)>();
        if (tables is null)
        {
            File.Copy(Path.Combine(run.Folder(keys), KeyValueFile), Path.Combine(options.Directory, KeyValueFile));
        }
        else
        {
            settings.AddRange([("KeyValue__Provider", "table"), ("KeyValue__ConnectionString", tables)]);
        }

        if (postgres is not null)
        {
            settings.AddRange([("Database__Provider", "postgres"), ("Database__ConnectionString", postgres)]);
        }

        return new MigrationPlace(run, name, options, settings);
    }

    /// <summary>An empty database with the tables of jobs.</summary>
    public async Task<DatabaseOptions> CreateEmptyAsync(string? postgres, CancellationToken cancellationToken)
    {
        var (_, options) = CreateDatabase(postgres);
        await using var database = new JobsDatabase(options, NullLogger<JobsDatabase>.Instance);
        await new MigrationRunner(database, run.Clock).MigrateAsync(cancellationToken);
        return options;
    }

    private (string Name, DatabaseOptions Options) CreateDatabase(string? postgres)
    {
        var name = $"{prefix}-{++made}";
        return (name, new DatabaseOptions(postgres is null ? DatabaseProvider.Sqlite : DatabaseProvider.Postgres, run.Folder(name), postgres));
    }
}
