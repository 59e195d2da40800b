using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Operations;

/// <summary>Rows of one table that a statement deletes when they are old.</summary>
/// <param name="name">What they are.</param>
/// <param name="database">Where they are.</param>
/// <param name="sql">Deletes up to <c>@AtMost</c> of those older than <c>@Before</c> (unix seconds), which is also <c>@BeforeIso</c>.</param>
/// <param name="keptFor">How long they are kept after the time that the statement looks at.</param>
internal sealed class SqlExpiringRows(string name, ModuleDatabase database, string sql, Duration keptFor) : IExpiringRows
{
    public Task<int> DeleteAsync(Instant now, int atMost, CancellationToken cancellationToken)
    {
        var before = now - keptFor;
        return database.ExecuteAsync(sql, new { Before = before.ToUnixTimeSeconds(), BeforeIso = before.ToIso(), AtMost = atMost }, cancellationToken, name);
    }
}
