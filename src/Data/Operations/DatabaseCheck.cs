using TraderHub.Core.Operations.Health;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.Data.Operations;

/// <summary>Whether a module's database has the schema of this build and takes writes.</summary>
internal sealed class DatabaseCheck(ModuleDatabase database, string table, bool isEssential = true) : IHealthCheck
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
        await database.QueryAsync<long>($"SELECT 1 FROM {table} LIMIT 1", null, cancellationToken);
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
