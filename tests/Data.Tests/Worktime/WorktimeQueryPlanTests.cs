using TraderHub.Data.Sql;
using TraderHub.Data.Worktime.Activities;
using TraderHub.Data.Worktime.Sessions;
using TraderHub.Data.Worktime.Statistics;

namespace TraderHub.Data.Tests.Worktime;

public sealed class WorktimeQueryPlanTests
{
    /// <summary>Every query that sessions and activities are found by, and the indexes that find them.</summary>
    public static TheoryData<string, string> Queries { get; } = new()
    {
        { AfterLock(SituationSql.ById), "uq_time_sessions_active" },
        { AfterLock(SituationSql.ByClient), "uq_time_sessions_client sqlite_autoindex_session_aliases_1 uq_time_sessions_active" },
        { DayTotalsSql.SessionsOfDays, "idx_time_sessions_days" },
        { SqlTimeSessionHistory.Page, "idx_sessions_user" },
        { SqlTimeSessionHistory.Zones, "idx_sessions_user" },
        { SqlTimeSessionHistory.OnPullRequest, "idx_sessions_status" },
        { SqlTimeSessionRepository.Abandon, "idx_sessions_status" },
        { SqlWorktimeStatistics.Days, "idx_daily_stats_user_date" },
        { SqlWorktimeStatistics.OfRepo, "uq_daily_stats" },
        { SqlWorktimeStatistics.Sessions, "idx_time_sessions_days" },
        { SqlActivityRepository.Page, "idx_pr_review_activities_list" },
        { SqlActivityRepository.ByDay, "idx_pr_review_activities_date" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task OnSqlite_IsReadFromItsIndexes(string sql, string indexes)
    {
        await using var reviews = await Reviews.CreateAsync(DatabaseProvider.Sqlite);

        var plan = (await reviews.Place.Worktime.QueryAsync<PlanStep>($"EXPLAIN QUERY PLAN {sql}", null, CancellationToken.None)).Select(step => step.Detail).ToList();

        // A unique constraint's index has no name of its own.
        Assert.All(indexes.Replace("uq_daily_stats", "daily_stats", StringComparison.Ordinal).Split(' '), index =>
            Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal)));
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SqlTimeSessionHistory.Page, "USE TEMP B-TREE FOR LAST TERM OF ORDER BY")]
    [InlineData(SqlActivityRepository.Page, null)]
    public async Task OnSqlite_APageIsReadInItsOrder_ButForRowsOfTheSameMoment(string sql, string? sorts)
    {
        await using var reviews = await Reviews.CreateAsync(DatabaseProvider.Sqlite);

        var plan = await reviews.Place.Worktime.QueryAsync<PlanStep>($"EXPLAIN QUERY PLAN {sql}", null, CancellationToken.None);

        Assert.Equal(sorts, plan.Select(step => step.Detail).FirstOrDefault(step => step.Contains("B-TREE", StringComparison.Ordinal)));
    }

    [SkippableTheory]
    [InlineData(DayTotalsSql.SessionsOfDays, "idx_time_sessions_days")]
    [InlineData(SqlTimeSessionHistory.Page, "Index Scan")]
    [InlineData(SqlTimeSessionHistory.Zones, "Index Scan")]
    [InlineData(SqlTimeSessionHistory.OnPullRequest, "Index Scan")]
    public async Task OnPostgres_IsReadFromItsIndex(string sql, string index)
    {
        await using var reviews = await Reviews.CreateAsync(DatabaseProvider.Postgres, developers: 50);
        await FillAsync(reviews);
        SqlParameter[] parameters =
        [
            SqlParameter.Number("@Developer", 7),
            SqlParameter.Text("@RepoOwner", "octo"),
            SqlParameter.Text("@RepoName", "repo3"),
            SqlParameter.Text("@From", "2026-11-19"),
            SqlParameter.Json("@FromByZone", [KeyValuePair.Create("UTC", "2026-11-19")]),
            SqlParameter.Text("@To", "2026-11-22"),
            SqlParameter.Json("@ToByZone", [KeyValuePair.Create("UTC", "2026-11-22")]),
            SqlParameter.Text("@StartedBy", "2026-11-22"),
            SqlParameter.Text("@Owner", "octo"),
            SqlParameter.Text("@Name", "repo3"),
            SqlParameter.Number("@PrNumber", 1),
            SqlParameter.Text("@Status", null),
            SqlParameter.Text("@BeforeTime", "9999"),
            SqlParameter.Number("@BeforeId", 0),
            SqlParameter.Number("@Rows", 51),
            SqlParameter.Number("@Offset", 0),
        ];

        var plan = await reviews.Place.Worktime.ReadAsync($"EXPLAIN {sql}", parameters, row => row.GetString(0), CancellationToken.None);

        Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("Seq Scan", StringComparison.Ordinal));
    }

    private static string AfterLock(string sql) => sql[(sql.IndexOf(';', StringComparison.Ordinal) + 1)..];

    private static async Task FillAsync(Reviews reviews)
    {
        const string Fill = """
            INSERT INTO time_sessions (user_id, repo_owner, repo_name, pr_number, start_time, end_time, duration_seconds, status, created_at, last_seen_at)
            WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < 20000)
            SELECT 1 + n % 50, 'octo', 'repo' || (n / 50 % 7), n, '2026-' || (10 + n % 3) || '-' || (10 + n % 19) || 'T10:00:00.000Z',
                   '2026-' || (10 + n % 3) || '-' || (10 + n % 19) || 'T10:10:00.000Z', 600, CASE WHEN n % 100 = 0 THEN 'active' ELSE 'completed' END,
                   '2026-' || (10 + n % 3) || '-' || (10 + n % 19) || 'T10:00:00.000Z', ''
            FROM number
            """;

        const string FillAudit = """
            INSERT INTO session_audit (user_id, session_id, action, old_status, old_start_time, created_at)
            SELECT user_id, id, 'corrected', status, start_time, created_at FROM time_sessions
            """;

        await reviews.Place.Worktime.ExecuteAsync(Fill, null, CancellationToken.None);
        await reviews.Place.Worktime.ExecuteAsync(FillAudit, null, CancellationToken.None);
        await reviews.Place.Worktime.ExecuteAsync("ANALYZE time_sessions", null, CancellationToken.None);
        await reviews.Place.Worktime.ExecuteAsync("ANALYZE session_audit", null, CancellationToken.None);
    }

    private sealed record PlanStep(long Id, long Parent, long Notused, string Detail);
}
