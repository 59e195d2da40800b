using System.Text.Json;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Migration;
using TraderHub.Data.Signals;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The tables of the group <c>signals</c>.</summary>
internal sealed class SignalsTables(SignalsDatabase database, TimeProvider clock) : IGroupTables
{
    private static readonly Dictionary<string, string> TableOf = new(StringComparer.Ordinal)
    {
        ["signals.subscriptions"] = "users",
        ["signals.watchlists"] = "watchlists",
        ["signals.executions"] = "executions",
        ["signals.positions"] = "active_positions",
        ["signals.cache"] = "cache",
    };

    private readonly TableChecks checks = new(
        database,
        [
            new("watchlists", "foreign_key", "belong to no user", """
                SELECT COUNT(*) FROM watchlists WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.chat_id = watchlists.chat_id)
                """),
            new("executions", "foreign_key", "belong to no user", """
                SELECT COUNT(*) FROM executions WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.chat_id = executions.chat_id)
                """),
            new("active_positions", "foreign_key", "belong to no user", """
                SELECT COUNT(*) FROM active_positions WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.chat_id = active_positions.chat_id)
                """),
            new("users", "range", "have a status other than 0 and 1", "SELECT COUNT(*) FROM users WHERE subscription_status NOT IN (0, 1)"),
            new("executions", "range", "are neither BUY nor SELL", "SELECT COUNT(*) FROM executions WHERE signal_type NOT IN ('BUY', 'SELL')"),
            new("executions", "range", "have a price that is not above 0", "SELECT COUNT(*) FROM executions WHERE execution_price <= 0"),
            new("active_positions", "range", "have a price that is not above 0", "SELECT COUNT(*) FROM active_positions WHERE entry_price <= 0"),
        ]);

    public IReadOnlyList<TableCount> CountRows(IEntity owner, string key, ReadOnlyMemory<byte>? value) =>
        [new(TableOf[owner.Name], value is { } bytes ? CountElements(owner.Convert(key, bytes)) : 0)];

    public Task<IReadOnlyList<TableDamage>> FindDamageAsync(CancellationToken cancellationToken) => checks.RunAsync(cancellationToken);

    public async Task<bool> AreEmptyAsync(CancellationToken cancellationToken)
    {
        const string Sql = "SELECT 1 FROM users UNION ALL SELECT 1 FROM cache WHERE cache_key = @CacheKey LIMIT 1";

        // Other rows of the cache are no key's: they say nothing of what moves.
        var cacheKey = SqlParameter.Text("@CacheKey", FearGreedEntity.CacheKey);
        return (await database.ReadAsync(Sql, [cacheKey], row => row.GetValue(0), cancellationToken)).Count == 0;
    }

    public Task NoteCompletedAsync(CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE _migration_status SET completed = 1, completed_at = @Now WHERE id = 1 AND completed = 0";

        return database.ExecuteAsync(Sql, new { Now = clock.GetInstant().ToUnixTimeMilliseconds() }, cancellationToken);
    }

    /// <summary>What does not parse is in no row.</summary>
    private static long CountElements(Conversion converted)
    {
        if (converted.Error is not null)
        {
            return 0;
        }

        using var document = JsonDocument.Parse(converted.Value);
        return (document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.GetArrayLength() : 1) - converted.Rejected.Count;
    }
}
