using TraderHub.Data.Signals;
using TraderHub.Data.Signals.Migration;
using TraderHub.Data.Signals.Telegram;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests.Signals.Properties;

/// <summary>P22 to P26: every query of the repositories finds its rows by an index, without sorting them in a table of its own.</summary>
public sealed class QueryPlanProperties
{
    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task P22_Users_are_found_by_an_index(DatabaseProvider provider)
    {
        await AssertIndexedAsync(provider, SubscriptionRows.FindSql, "idx_users_subscription_status");
        await AssertIndexedAsync(provider, "SELECT subscription_status FROM users WHERE chat_id = @ChatId", "users");
        await AssertIndexedAsync(provider, SqlChatMoves.FindSql, "chat_moves");
    }

    /// <summary>The history in its order and by its dates is what the documented indexes needed a temporary b-tree for.</summary>
    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task P23_Executions_are_found_by_an_index(DatabaseProvider provider)
    {
        const string Ordered = """
            SELECT id, signal_type, ticker, execution_price, execution_date, signal_price FROM executions
            WHERE chat_id = @ChatId AND execution_date >= @From AND execution_date < @To
            ORDER BY execution_date DESC, id DESC
            """;

        await AssertIndexedAsync(provider, ExecutionRows.FindSql, "idx_executions_chat_id");
        await AssertIndexedAsync(provider, Ordered, "idx_executions_chat_id_date");
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public Task P24_Watchlists_are_found_by_an_index(DatabaseProvider provider) => AssertIndexedAsync(provider, WatchlistRows.FindSql, "watchlists_chat_id");

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task P25_Positions_are_found_by_an_index(DatabaseProvider provider)
    {
        await AssertIndexedAsync(provider, PositionRows.FindSql, "active_positions");
        await AssertIndexedAsync(provider, "SELECT entry_price FROM active_positions WHERE chat_id = @ChatId AND ticker = @Ticker", "active_positions");
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task P26_The_cache_is_found_by_an_index(DatabaseProvider provider)
    {
        await AssertIndexedAsync(provider, CacheRepository.FindSql, "cache");
        await AssertIndexedAsync(provider, FearGreedRows.FindSql, "cache");
        await AssertIndexedAsync(provider, CacheRepository.DeleteExpiredSql, "idx_cache_expires_at");
    }

    private static async Task AssertIndexedAsync(DatabaseProvider provider, string sql, string index)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var plan = provider == DatabaseProvider.Sqlite
            ? await QueryPlans.ExplainOnSqliteAsync(place.Signals, sql)
            : await QueryPlans.ExplainOnPostgresAsync(place.Signals, sql);

        Assert.Contains(plan, step => step.Contains("ndex", StringComparison.OrdinalIgnoreCase) && step.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) || step.Contains("TEMP B-TREE", StringComparison.Ordinal)
            || step.Contains("Seq Scan", StringComparison.Ordinal) || step.Contains("Sort", StringComparison.Ordinal));
    }
}
