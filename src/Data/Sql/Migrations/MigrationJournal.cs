using NodaTime;

namespace TraderHub.Data.Sql.Migrations;

/// <summary>A row of the journal <c>schema_migrations</c>.</summary>
/// <param name="Version">The migration's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Checksum">The SHA-256 of its text when it was applied.</param>
/// <param name="AppliedAt">When it was applied.</param>
/// <param name="DurationMs">How long that took, in milliseconds.</param>
/// <param name="IsAdopted">Whether its tables were there before TraderHub came; no rollback drops those.</param>
public sealed record AppliedMigration(int Version, string Name, string Checksum, Instant AppliedAt, long DurationMs, bool IsAdopted);

/// <summary>The table that remembers what was applied, and the rules by which a build and a database fit together.</summary>
internal sealed class MigrationJournal(ModuleDatabase database, IReadOnlyList<MigrationScript> scripts)
{
    public Task CreateAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                version BIGINT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                checksum TEXT NOT NULL,
                applied_at TEXT NOT NULL,
                duration_ms BIGINT NOT NULL,
                is_adopted BIGINT NOT NULL
            )
            """;

        return database.ExecuteAsync(Sql, null, cancellationToken);
    }

    public Task AddAsync(AppliedMigration migration, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO schema_migrations (version, name, checksum, applied_at, duration_ms, is_adopted)
            VALUES (@Version, @Name, @Checksum, @AppliedAt, @DurationMs, @IsAdopted)
            """;

        return database.ExecuteAsync(Sql, migration, cancellationToken);
    }

    public Task RemoveAsync(int version, CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM schema_migrations WHERE version = @Version";

        return database.ExecuteAsync(Sql, new { Version = version }, cancellationToken);
    }

    /// <summary>What was applied, in its order.</summary>
    /// <exception cref="MigrationException">That is something else than this build's history.</exception>
    public async Task<IReadOnlyList<AppliedMigration>> ReadAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT version AS Version, name AS Name, checksum AS Checksum, applied_at AS AppliedAt, duration_ms AS DurationMs, is_adopted AS IsAdopted
            FROM schema_migrations
            ORDER BY version
            """;

        var applied = await database.QueryAsync<AppliedMigration>(Sql, null, cancellationToken);
        foreach (var (position, entry) in applied.Index())
        {
            Require(entry, scripts.FirstOrDefault(script => script.Version == entry.Version), scripts.ElementAtOrDefault(position));
        }

        return applied;
    }

    private void Require(AppliedMigration entry, MigrationScript? script, MigrationScript? expected)
    {
        var name = $"{entry.Version:0000}_{entry.Name}";
        if (script is null)
        {
            throw new MigrationException(
                database.Module, $"migration {name} is applied, and this build does not have it. Run a build at least as new as the database.");
        }

        if (script.Checksum != entry.Checksum)
        {
            throw new MigrationException(
                database.Module, $"migration {name} was applied with another text than this build has. Restore its file; a change belongs in a new one.");
        }

        if (script != expected)
        {
            throw new MigrationException(
                database.Module, $"migration {name} is applied, and {expected?.FullName} before it is not. Restore the database from a backup.");
        }
    }
}

/// <summary>A database and a build do not fit together.</summary>
/// <param name="module">Whose database it is.</param>
/// <param name="problem">What does not fit, and the cure.</param>
public sealed class MigrationException(string module, string problem) : Exception($"The {module} database cannot be used: {problem}")
{
    /// <summary>Whose database it is.</summary>
    public string Module { get; } = module;
}
