using System.Text.RegularExpressions;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests;

/// <summary>How the databases find the rows of a query.</summary>
internal static class QueryPlans
{
    public static async Task<IReadOnlyList<string>> ExplainOnSqliteAsync(ModuleDatabase database, string sql) =>
        [.. (await database.QueryAsync<PlanStep>($"EXPLAIN QUERY PLAN {sql}", null, CancellationToken.None)).Select(step => step.Detail)];

    /// <summary>The plan for parameters that are not known yet, as a prepared statement has it; tables that are nearly empty are not read whole.</summary>
    public static Task<IReadOnlyList<string>> ExplainOnPostgresAsync(ModuleDatabase database, string sql)
    {
        var names = Regex.Matches(sql, "@[A-Za-z]+").Select(match => match.Value).Distinct().ToList();
        var numbered = Regex.Replace(sql, "@[A-Za-z]+", match => $"${names.IndexOf(match.Value) + 1}");
        var values = names.Count == 0 ? string.Empty : $"({string.Join(", ", names.Select(_ => "NULL"))})";
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync("SET LOCAL enable_seqscan = off", null, CancellationToken.None);
                await database.ExecuteAsync("SET LOCAL plan_cache_mode = force_generic_plan", null, CancellationToken.None);
                await database.ExecuteAsync($"PREPARE plan_of_a_test AS {numbered}", null, CancellationToken.None);
                var plan = await database.QueryAsync<string>($"EXPLAIN EXECUTE plan_of_a_test{values}", null, CancellationToken.None);
                await database.ExecuteAsync("DEALLOCATE plan_of_a_test", null, CancellationToken.None);
                return plan;
            },
            CancellationToken.None);
    }

    private sealed record PlanStep(long Id, long Parent, long Notused, string Detail);
}
