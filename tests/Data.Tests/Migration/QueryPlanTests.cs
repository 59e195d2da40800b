using System.Reflection;
using TraderHub.Data.Jobs;
using TraderHub.Data.Migration;
using TraderHub.Data.Signals;
using TraderHub.Data.Signals.Migration;
using TraderHub.Data.Signals.Telegram;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests.Migration;

/// <summary>Every query on the way of a key finds its rows by an index.</summary>
public sealed class QueryPlanTests
{
    /// <summary>Each query, whose database it asks, and what finds its rows.</summary>
    public static TheoryData<string, string, string[]> Queries { get; } = new()
    {
        { SyncRows.Find, "signals", ["SEARCH kv_sync USING INDEX sqlite_autoindex_kv_sync_1 (group_name=? AND key_hex=?)"] },
        { SyncRows.List, "signals", ["SEARCH kv_sync USING INDEX sqlite_autoindex_kv_sync_1 (group_name=? AND key_hex>? AND key_hex<?)"] },
        {
            SyncRows.FindWhole, "signals",
            [
                "SEARCH sync USING INDEX sqlite_autoindex_kv_sync_1 (group_name=? AND key_hex=?)",
                "SEARCH quarantined USING INDEX sqlite_autoindex_kv_quarantine_1 (group_name=? AND key_hex=?) LEFT-JOIN",
            ]
        },
        { "SELECT key_hex FROM kv_sync WHERE group_name = @Group AND t % 2 = 1", "signals", ["SEARCH kv_sync USING COVERING INDEX idx_kv_sync_owner (group_name=? AND <expr>=?)"] },
        { "SELECT key_hex FROM kv_sync WHERE group_name = @Group AND t % 2 = 1 AND mv < v", "signals", ["SEARCH kv_sync USING INDEX idx_kv_sync_unmirrored (group_name=? AND <expr>=?)"] },
        { "SELECT key_hex, error FROM kv_sync WHERE group_name = @Group AND error IS NOT NULL", "signals", ["SEARCH kv_sync USING INDEX idx_kv_sync_error (group_name=?)"] },
        { SubscriptionRows.FindSql, "signals", ["SEARCH users USING INDEX idx_users_subscription_status (subscription_status=?)"] },
        { WatchlistRows.FindSql, "signals", ["SEARCH watchlists USING INDEX idx_watchlists_chat_id (chat_id=?)"] },
        { ExecutionRows.FindSql, "signals", ["SEARCH executions USING INDEX idx_executions_chat_id_date (chat_id=?)"] },
        { PositionRows.FindSql, "signals", ["SEARCH active_positions USING INDEX idx_active_positions_chat_id (chat_id=?)"] },
        { FearGreedRows.FindSql, "signals", ["SEARCH cache USING INDEX sqlite_autoindex_cache_1 (cache_key=?)"] },
        { CacheRepository.FindSql, "signals", ["SEARCH cache USING INDEX sqlite_autoindex_cache_1 (cache_key=?)"] },
        { CacheRepository.DeleteExpiredSql, "signals", ["SEARCH cache USING INDEX idx_cache_expires_at (expires_at<?)"] },
        { SqlChatMoves.FindSql, "signals", ["SEARCH chat_moves USING INDEX sqlite_autoindex_chat_moves_1 (old_chat_id=?)"] },
        {
            AnalysisExecutions.FindSql, "jobs",
            [
                "SEARCH job USING INDEX uq_job_executions_run (job_type=? AND execution_date=? AND <expr>=? AND run_id=?)",
                "SEARCH result USING INDEX idx_scheduled_results_job (job_execution_id=?) LEFT-JOIN",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task EveryQuery_FindsItsRowsByAnIndex_AndSortsNothing(string sql, string module, string[] expected)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        ModuleDatabase database = module == "jobs" ? place.Jobs : place.Signals;

        Assert.Equal(expected, await QueryPlans.ExplainOnSqliteAsync(database, sql));
    }

    [SkippableTheory]
    [MemberData(nameof(Queries))]
    public async Task OnPostgres_EveryQuery_CanFindItsRowsByAnIndex_AndSortsNothing(string sql, string module, string[] onSqlite)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Postgres);
        ModuleDatabase database = module == "jobs" ? place.Jobs : place.Signals;

        var plan = await QueryPlans.ExplainOnPostgresAsync(database, sql);

        // On tables that are nearly empty it would read all of them; asked not to, it has to have another way.
        Assert.DoesNotContain(plan, step => step.Contains("Seq Scan", StringComparison.Ordinal) || step.Contains("Sort", StringComparison.Ordinal));
        Assert.True(plan.Count(step => step.Contains("Index", StringComparison.Ordinal)) >= onSqlite.Count(step => step.StartsWith("SEARCH", StringComparison.Ordinal)), string.Join('\n', plan));
    }

    [Fact]
    public void Queries_AreAllThatTheRowsAreFoundBy()
    {
        Type[] owners = [typeof(SyncRows), typeof(SubscriptionRows), typeof(WatchlistRows), typeof(ExecutionRows), typeof(PositionRows), typeof(FearGreedRows), typeof(CacheRepository), typeof(SqlChatMoves), typeof(AnalysisExecutions)];
        var found = owners
            .SelectMany(owner => owner.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => field.GetRawConstantValue())
            .OfType<string>()
            .Where(sql => sql.StartsWith("SELECT", StringComparison.Ordinal));

        Assert.Empty(found.Except(Queries.Select(row => (string)row[0])));
    }
}
