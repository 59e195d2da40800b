using TraderHub.Core.Operations.Health;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Operations;

/// <summary>Whether a module's database takes writes.</summary>
internal sealed class DatabaseCheck(ModuleDatabase database) : IHealthCheck
{
    public string Service => "database";

    public string Part => database.Module;

    public bool IsEssential => true;

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        // It touches no row, and yet asks for all that a write needs.
        const string Sql = "UPDATE schema_migrations SET name = name WHERE version < 0";

        return database.ExecuteAsync(Sql, null, cancellationToken);
    }
}
