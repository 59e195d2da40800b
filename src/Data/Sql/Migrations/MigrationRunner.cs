using System.Data.Common;
using Dapper;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Sql.Migrations;

/// <summary>
/// Brings a module's database to the schema of this build. Each file is applied once, in one transaction that holds the database's write lock, so
/// that two instances that start at once do not both apply it.
/// </summary>
public sealed class MigrationRunner(ModuleDatabase database, IReadOnlyList<MigrationScript> scripts, TimeProvider clock)
{
    private const string Identity = "INTEGER PRIMARY KEY AUTOINCREMENT";

    /// <summary>A runner of the migrations that this build carries.</summary>
    public MigrationRunner(ModuleDatabase database, TimeProvider clock)
        : this(database, MigrationScript.LoadAll(database.Module), clock)
    {
    }

    /// <summary>Applies what is missing; what was applied is returned, in its order.</summary>
    /// <exception cref="MigrationException">The database holds something else than this build's history.</exception>
    public async Task<IReadOnlyList<AppliedMigration>> MigrateAsync(CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        await CreateJournalAsync(cancellationToken);
        var applied = new List<AppliedMigration>();
        foreach (var script in scripts)
        {
            var migration = await database.WriteAsync((connection, transaction) => ApplyOnce(script, connection, transaction), cancellationToken);
            if (migration is not null)
            {
                applied.Add(migration);
            }
        }

        return applied;
    }

    /// <summary>Every migration of this build with the moment it was applied, null where it is still to come.</summary>
    /// <exception cref="MigrationException">The database holds something else than this build's history.</exception>
    public async Task<IReadOnlyList<MigrationState>> GetStatusAsync(CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        await CreateJournalAsync(cancellationToken);
        return await database.WriteAsync(
            (connection, transaction) =>
            {
                var journal = ReadJournal(connection, transaction);
                return scripts
                    .Select(script => new MigrationState(script.Version, script.Name, journal.Find(entry => entry.Version == script.Version)?.AppliedAt))
                    .ToList();
            },
            cancellationToken);
    }

    private Task<int> CreateJournalAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                version BIGINT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                checksum TEXT NOT NULL,
                applied_at TEXT NOT NULL,
                duration_ms BIGINT NOT NULL
            )
            """;

        return database.ExecuteAsync(Sql, null, cancellationToken);
    }

    private AppliedMigration? ApplyOnce(MigrationScript script, DbConnection connection, DbTransaction transaction)
    {
        const string Insert = """
            INSERT INTO schema_migrations (version, name, checksum, applied_at, duration_ms)
            VALUES (@Version, @Name, @Checksum, @AppliedAt, @DurationMs)
            """;

        if (ReadJournal(connection, transaction).Exists(entry => entry.Version == script.Version))
        {
            return null;
        }

        var started = clock.GetTimestamp();
        connection.Execute(script.Sql.Replace("{identity}", Identity, StringComparison.Ordinal), transaction: transaction);
        var applied = new AppliedMigration(
            script.Version, script.Name, script.Checksum, clock.GetInstant(), (long)clock.GetElapsedTime(started).TotalMilliseconds);
        connection.Execute(Insert, applied, transaction);
        return applied;
    }

    private List<AppliedMigration> ReadJournal(DbConnection connection, DbTransaction transaction)
    {
        const string Sql = """
            SELECT version AS Version, name AS Name, checksum AS Checksum, applied_at AS AppliedAt, duration_ms AS DurationMs
            FROM schema_migrations
            ORDER BY version
            """;

        var journal = connection.Query<AppliedMigration>(Sql, transaction: transaction).AsList();
        foreach (var entry in journal)
        {
            var script = scripts.FirstOrDefault(candidate => candidate.Version == entry.Version)
                ?? throw new MigrationException(
                    database.Module,
                    $"migration {entry.Version:0000}_{entry.Name} is applied, and this build does not have it. Run a build at least as new as the database.");
            if (script.Checksum != entry.Checksum)
            {
                throw new MigrationException(
                    database.Module,
                    $"migration {entry.Version:0000}_{entry.Name} was applied with another text than this build has. Restore its file; a change belongs in a new one.");
            }
        }

        return journal;
    }
}

/// <summary>A row of the journal <c>schema_migrations</c>.</summary>
/// <param name="Version">The migration's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Checksum">The SHA-256 of its text when it was applied.</param>
/// <param name="AppliedAt">When it was applied.</param>
/// <param name="DurationMs">How long that took, in milliseconds.</param>
public sealed record AppliedMigration(long Version, string Name, string Checksum, Instant AppliedAt, long DurationMs);

/// <summary>Whether a migration of this build is applied.</summary>
/// <param name="Version">The migration's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="AppliedAt">When it was applied; null when it is still to come.</param>
public sealed record MigrationState(int Version, string Name, Instant? AppliedAt);

/// <summary>A database and a build do not fit together.</summary>
/// <param name="module">Whose database it is.</param>
/// <param name="problem">What does not fit, and the cure.</param>
public sealed class MigrationException(string module, string problem) : Exception($"The {module} database cannot be used: {problem}")
{
    /// <summary>Whose database it is.</summary>
    public string Module { get; } = module;
}
