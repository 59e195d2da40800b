using TraderHub.Core.Migration.Verification;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>A question how many rows of a table are damaged in some way.</summary>
/// <param name="Table">The table.</param>
/// <param name="Type"><c>foreign_key</c> or <c>range</c>.</param>
/// <param name="Description">What is wrong with them.</param>
/// <param name="Sql">Counts them.</param>
internal sealed record TableCheck(string Table, string Type, string Description, string Sql);

/// <summary>Asks a module's database such questions. They are plain statements, the same in both databases.</summary>
internal sealed class TableChecks(ModuleDatabase database, IReadOnlyList<TableCheck> checks)
{
    public async Task<IReadOnlyList<TableDamage>> RunAsync(CancellationToken cancellationToken)
    {
        var damage = new List<TableDamage>();
        foreach (var check in checks)
        {
            var count = (await database.ReadAsync(check.Sql, [], row => row.GetInt64(0), cancellationToken))[0];
            if (count > 0)
            {
                damage.Add(new(check.Table, check.Type, check.Description, count));
            }
        }

        return damage;
    }
}
