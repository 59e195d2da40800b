using TraderHub.Core.Operations.Health;

namespace TraderHub.Data.Sql.Migrations;

/// <summary>Whether a module's database has the schema of this build and takes writes.</summary>
/// <param name="database">The database.</param>
/// <param name="probe">A query of one of the module's own tables: without the table it fails.</param>
/// <param name="isEssential">Whether nothing works without it.</param>
internal sealed class DatabaseCheck(ModuleDatabase database, string probe, bool isEssential = true) : IHealthCheck
{
    private readonly long newest = MigrationScript.LoadAll(database.Module)[^1].Version;

    public string Service => isEssential ? "database" : "kv";

    public string Part => isEssential ? database.Module : "Key-value store";

    public bool IsEssential => isEssential;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        // Nothing is different afterwards, and yet a page goes the whole way to the disk; of a change to what is there already SQLite writes none.
        const string Forth = "UPDATE schema_migrations SET duration_ms = duration_ms + 1 WHERE version = @Newest";

        const string Back = "UPDATE schema_migrations SET duration_ms = duration_ms - 1 WHERE version = @Newest";

        await database.RequireRoomAsync(cancellationToken);
        await database.QueryAsync<long>(probe, null, cancellationToken);
        var touched = await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(Forth, new { Newest = newest });
                return await session.ExecuteAsync(Back, new { Newest = newest });
            },
            cancellationToken);
        if (touched == 0)
        {
            throw new MigrationException(database.Module, $"its newest migration {newest:0000} is not applied. Run 'db migrate'.");
        }
    }
}
