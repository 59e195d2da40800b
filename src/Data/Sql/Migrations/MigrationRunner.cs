using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Sql.Migrations;

/// <summary>Whether a migration of this build is applied.</summary>
/// <param name="Version">The migration's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="AppliedAt">When it was applied; null when it is still to come.</param>
/// <param name="IsAdopted">Whether its tables were there before TraderHub came.</param>
public sealed record MigrationState(int Version, string Name, Instant? AppliedAt, bool IsAdopted);

/// <summary>What was taken back in a module's database.</summary>
/// <param name="Module">The module.</param>
/// <param name="Migrations">The migrations, the newest first.</param>
public sealed record ModuleRollback(string Module, IReadOnlyList<AppliedMigration> Migrations);

/// <summary>
/// Brings a module's database to the schema of this build, or back. Each file runs once, in one transaction under a lock, so that two instances that
/// start at once do not both apply it, and one that fails leaves nothing behind.
/// </summary>
public sealed class MigrationRunner(ModuleDatabase database, IReadOnlyList<MigrationScript> scripts, TimeProvider clock)
{
    private readonly MigrationJournal journal = new(database, scripts);

    /// <summary>A runner of the migrations that this build carries.</summary>
    public MigrationRunner(ModuleDatabase database, TimeProvider clock)
        : this(database, MigrationScript.LoadAll(database.Module), clock)
    {
    }

    /// <summary>Applies what is missing; what was applied is returned, in its order.</summary>
    /// <exception cref="MigrationException">The database holds something else than this build's history.</exception>
    public async Task<IReadOnlyList<AppliedMigration>> MigrateAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var before = await journal.ReadAsync(cancellationToken);
        var applied = new List<AppliedMigration>();
        foreach (var script in scripts.Where(script => before.All(entry => entry.Version != script.Version)))
        {
            if (await LockedAsync(() => ApplyOnceAsync(script, cancellationToken), cancellationToken) is { } migration)
            {
                applied.Add(migration);
            }
        }

        return applied;
    }

    /// <summary>Takes back what was applied after a version, the newest first; what was taken back is returned. Adopted tables stay.</summary>
    /// <exception cref="MigrationException">The database holds something else than this build's history, or adopted tables would be dropped.</exception>
    public async Task<IReadOnlyList<AppliedMigration>> RollBackAsync(int version, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await TakeBackAsync(version, cancellationToken);
    }

    private async Task<IReadOnlyList<AppliedMigration>> TakeBackAsync(int version, CancellationToken cancellationToken)
    {
        var removed = new List<AppliedMigration>();
        while (await LockedAsync(() => TakeBackOneAsync(version, cancellationToken), cancellationToken) is { } migration)
        {
            removed.Add(migration);
        }

        return removed;
    }

    /// <summary>Takes back, in each of several databases, what was applied after a version: in all of them, or in none.</summary>
    /// <exception cref="MigrationException">A database holds something else than this build's history, or adopted tables would be dropped.</exception>
    public static async Task<IReadOnlyList<ModuleRollback>> RollBackAllAsync(
        IReadOnlyList<ModuleDatabase> databases, int version, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(databases);
        var runners = databases.Select(database => new MigrationRunner(database, clock)).ToList();
        foreach (var runner in runners)
        {
            await runner.PrepareAsync(cancellationToken);
        }

        var rollbacks = new List<ModuleRollback>();
        await TakeBackFromAsync(0);
        return rollbacks;

        // Each transaction is open until those after it have done their work, so that one that fails takes all others with it.
        async Task TakeBackFromAsync(int next)
        {
            if (next < runners.Count)
            {
                await databases[next].InTransactionAsync(
                    async () =>
                    {
                        rollbacks.Add(new(databases[next].Module, await runners[next].TakeBackAsync(version, cancellationToken)));
                        await TakeBackFromAsync(next + 1);
                        return true;
                    },
                    cancellationToken);
            }
        }
    }

    /// <summary>Every migration of this build, and when it was applied.</summary>
    /// <exception cref="MigrationException">The database holds something else than this build's history.</exception>
    public async Task<IReadOnlyList<MigrationState>> GetStatusAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var applied = await journal.ReadAsync(cancellationToken);
        return scripts
            .Select(script => (Script: script, Entry: applied.FirstOrDefault(entry => entry.Version == script.Version)))
            .Select(pair => new MigrationState(pair.Script.Version, pair.Script.Name, pair.Entry?.AppliedAt, pair.Entry?.IsAdopted ?? false))
            .ToList();
    }

    /// <summary>Checks that nothing is missing, and applies nothing.</summary>
    /// <exception cref="MigrationException">Something is.</exception>
    public async Task RequireMigratedAsync(CancellationToken cancellationToken)
    {
        var missing = (await GetStatusAsync(cancellationToken)).Where(state => state.AppliedAt is null).Select(state => $"{state.Version:0000}_{state.Name}").ToList();
        if (missing.Count > 0)
        {
            throw new MigrationException(
                database.Module, $"it still lacks {string.Join(", ", missing)}. Run 'db migrate' with the same settings before this version starts.");
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        await LockedAsync(
            async () =>
            {
                await journal.CreateAsync(cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private Task<T> LockedAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => database.InTransactionAsync(
        async () =>
        {
            if (database.Dialect.LockMigrations is { } take)
            {
                await database.ExecuteAsync(take, null, cancellationToken);
            }

            return await work();
        },
        cancellationToken);

    private async Task<AppliedMigration?> ApplyOnceAsync(MigrationScript script, CancellationToken cancellationToken)
    {
        var applied = await journal.ReadAsync(cancellationToken);
        if (applied.Any(entry => entry.Version == script.Version))
        {
            return null;
        }

        var started = clock.GetTimestamp();
        var isAdopted = await IsThereAlreadyAsync(script, cancellationToken);
        if (!isAdopted)
        {
            await ApplyAsync(script, cancellationToken);
        }

        var migration = new AppliedMigration(
            script.Version, script.Name, script.Checksum, clock.GetInstant(), (long)clock.GetElapsedTime(started).TotalMilliseconds, isAdopted);
        await journal.AddAsync(migration, cancellationToken);
        return migration;
    }

    /// <summary>The columns come first, so that the file's SQL can use them; the steps last, when everything is in its place.</summary>
    private async Task ApplyAsync(MigrationScript script, CancellationToken cancellationToken)
    {
        foreach (var column in MigrationDirectives.Columns(script.Sql))
        {
            if (await database.FindAsync<long>(database.Dialect.HasColumn, new { column.Table, column.Column }, cancellationToken) == 0)
            {
                await database.ExecuteAsync(column.Statement, null, cancellationToken);
            }
        }

        await ExecuteAsync(script.Sql, cancellationToken);
        foreach (var step in MigrationDirectives.Steps(script.Sql))
        {
            await MigrationSteps.Get(step)(database, cancellationToken);
        }
    }

    private async Task<bool> IsThereAlreadyAsync(MigrationScript script, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        var tables = MigrationDirectives.BaselineTables(script.Sql);
        foreach (var table in tables)
        {
            if (await database.FindAsync<long>(database.Dialect.HasTable, new { Table = table }, cancellationToken) == 0)
            {
                missing.Add(table);
            }
        }

        if (missing.Count > 0 && missing.Count < tables.Count)
        {
            throw new MigrationException(
                database.Module, $"it has some tables of the system to take over, and lacks {string.Join(", ", missing)}. Complete it, or start with an empty one.");
        }

        return tables.Count > 0 && missing.Count == 0;
    }

    private async Task<AppliedMigration?> TakeBackOneAsync(int version, CancellationToken cancellationToken)
    {
        var applied = await journal.ReadAsync(cancellationToken);
        if (applied.Count == 0 || applied[^1].Version <= version)
        {
            return null;
        }

        var newest = applied[^1];

        if (!newest.IsAdopted)
        {
            await ExecuteAsync(scripts.Single(script => script.Version == newest.Version).Down, cancellationToken);
        }

        await journal.RemoveAsync(newest.Version, cancellationToken);
        return newest;
    }

    private Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var statements = sql.Replace("{identity}", database.Dialect.Identity, StringComparison.Ordinal);
        return HoldsSql(statements) ? database.ExecuteAsync(statements, null, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>A file may hold directives alone; the drivers refuse to run a text without a statement.</summary>
    private static bool HoldsSql(string sql) =>
        sql.Split('\n').Any(line => !string.IsNullOrWhiteSpace(line) && !line.TrimStart().StartsWith("--", StringComparison.Ordinal));
}
