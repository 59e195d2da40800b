using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Data.Jobs;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests.Jobs;

public sealed class SqlJobHistoryTests
{
    /// <summary>A query for each index that can lead, and the index.</summary>
    public static TheoryData<JobHistoryQuery, string> Leads { get; } = new()
    {
        { new() { Limit = 50 }, "idx_job_history" },
        { new() { Limit = 50, From = new(2026, 1, 1), To = new(2026, 2, 1), Text = "x", MinDurationMs = 1 }, "idx_job_history" },
        { new() { Limit = 50, JobType = "analysis", Status = JobStatus.Success, Symbol = "AAPL" }, "idx_job_history_type" },
        { new() { Limit = 50, JobType = "analysis", ReportType = "weekly", MinDurationMs = 1 }, "idx_job_history_report" },
        { new() { Limit = 50, JobType = "analysis", ReportType = "weekly", Status = JobStatus.Failed }, "idx_job_history_status" },
    };

    [Theory]
    [MemberData(nameof(Leads))]
    public async Task OnSqlite_APageIsReadInOrderFromTheIndexThatLeads_AndNothingIsSorted(JobHistoryQuery query, string index)
    {
        await using var place = await Databases.CreateJobsAsync(DatabaseProvider.Sqlite);

        var page = await PlanAsync(place, JobHistorySql.For(query, place.Jobs.Dialect).Page);
        var horizon = await PlanAsync(place, JobHistorySql.For(query, place.Jobs.Dialect).Horizon);

        Assert.Contains(page, step => step.StartsWith($"SEARCH job USING INDEX {index} (", StringComparison.Ordinal));
        Assert.Contains(page, step => step.Contains("USING COVERING INDEX idx_scheduled_results_job_symbol", StringComparison.Ordinal));
        Assert.StartsWith($"SEARCH job_executions USING COVERING INDEX {index} (", Assert.Single(horizon), StringComparison.Ordinal);
        Assert.DoesNotContain(page.Concat(horizon), step => step.Contains("SCAN", StringComparison.Ordinal) || step.Contains("B-TREE", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Leads))]
    public async Task OnPostgres_APageIsReadInOrderFromAnIndex_AndNothingIsSorted(JobHistoryQuery query, string index)
    {
        await using var place = await Databases.CreateJobsAsync(DatabaseProvider.Postgres);
        await FillAsync(place, 20_000);
        await place.Jobs.ExecuteAsync("ANALYZE job_executions", null, CancellationToken.None);

        var plan = await place.Jobs.QueryAsync<string>(
            $"EXPLAIN {JobHistorySql.For(query, place.Jobs.Dialect).Horizon}", HorizonParameters, CancellationToken.None);

        Assert.Contains(plan, step => step.Contains($"using {index} on", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("Sort", StringComparison.Ordinal) || step.Contains("Seq Scan", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ReadAsync_FiltersThatLeaveLittleOfMuch_EndPagesEarly_AndStillFindEverything(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        await FillAsync(place, (2 * SqlJobHistory.MostLookedAt) + 500);
        var history = new SqlJobHistory(place.Jobs);
        var query = new JobHistoryQuery { Limit = 500, JobType = "analysis", MinDurationMs = 9_900 };

        var first = await history.ReadAsync(query, CancellationToken.None);
        var found = new List<long>();
        var pages = 0;
        for (JobPage? page = first; page is not null; page = page.Next is { } next ? await history.ReadAsync(query with { After = next }, CancellationToken.None) : null)
        {
            found.AddRange(page.Jobs.Select(job => job.Id));
            pages++;
        }

        Assert.InRange(first.Jobs.Count, 1, 499);
        Assert.NotNull(first.Next);
        Assert.Equal(3, pages);
        Assert.Equal(
            await place.Jobs.QueryAsync<long>(
                "SELECT id FROM job_executions WHERE execution_time_ms >= 9900 ORDER BY execution_date DESC, executed_at DESC, id DESC", null, CancellationToken.None),
            found);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ReadAsync_RowsOfTheSameMoment_ComeOnceAcrossPages(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        await FillAsync(place, 100);
        await place.Jobs.ExecuteAsync(
            "UPDATE job_executions SET executed_at = '2026-11-20T12:00:00.000Z', execution_date = '2026-11-20'", null, CancellationToken.None);
        var history = new SqlJobHistory(place.Jobs);

        var first = await history.ReadAsync(new() { Limit = 60 }, CancellationToken.None);
        var second = await history.ReadAsync(new() { Limit = 60, After = first.Next }, CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, 100).Reverse().Select(id => (long)id), first.Jobs.Concat(second.Jobs).Select(job => job.Id));
        Assert.Null(second.Next);
    }

    /// <summary>Of the letters those of ASCII are found in either case, whatever the locale of the database folds.</summary>
    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ReadAsync_AText_IsFoundInEitherCaseOfAsciiLettersOnly(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        await FillAsync(place, 1);
        if (provider == DatabaseProvider.Postgres)
        {
            await place.Jobs.ExecuteAsync(
                """ALTER TABLE job_executions ALTER COLUMN metadata TYPE TEXT COLLATE "tr-x-icu" """, null, CancellationToken.None);
        }

        await place.Jobs.ExecuteAsync(
            "UPDATE job_executions SET metadata = @Metadata", new { Metadata = """{"note":"É Interim ß ı"}""" }, CancellationToken.None);
        var history = new SqlJobHistory(place.Jobs);

        foreach (var (text, isFound) in new[]
        {
            ("É", true), ("é", false), ("INTERIM", true), ("interim", true), ("ß", true), ("SS", false), ("ı", true), ("ẞ", false),
        })
        {
            var page = await history.ReadAsync(new() { Limit = 5, Text = text }, CancellationToken.None);

            Assert.True(page.Jobs.Count == (isFound ? 1 : 0), $"{text} was {(isFound ? "not " : "")}found");
        }
    }

    [SkippableTheory]
    [Trait("Case", "D6")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ReadAsync_AdoptedTimes_AreReadInOurForm_AndWalkedOnce(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        await FillAsync(place, 60);
        await place.Jobs.ExecuteAsync(
            """
            UPDATE job_executions
            SET execution_date = '2026-11-20',
                started_at = '2026-11-20 11:59:00',
                executed_at = CASE id % 4 WHEN 0 THEN '2026-11-20 12:00:00' WHEN 1 THEN '2026-11-20 12:00:00.5' WHEN 2 THEN '2026-11-20T12:00:00' ELSE '2026-11-20T12:00:00.000Z' END
            """,
            null,
            CancellationToken.None);
        var history = new SqlJobHistory(place.Jobs);

        var found = new List<JobRecord>();
        for (JobPage? page = await history.ReadAsync(new() { Limit = 7 }, CancellationToken.None); page is not null;
            page = page.Next is { } next ? await history.ReadAsync(new() { Limit = 7, After = next }, CancellationToken.None) : null)
        {
            found.AddRange(page.Jobs);
        }

        Assert.Equal(Enumerable.Range(1, 60).Select(id => (long)id), found.Select(job => job.Id).Order());
        Assert.All(found, job => Assert.Equal(job.Id % 4 == 1 ? "2026-11-20T12:00:00.500Z" : "2026-11-20T12:00:00.000Z", job.ExecutedAt));
        Assert.All(found, job => Assert.Equal("2026-11-20T11:59:00.000Z", job.StartedAt));
        var statistics = await new SqlJobStatistics(place.Jobs).ReadAsync(
            Instant.FromUtc(2026, 11, 20, 11, 0), Instant.FromUtc(2026, 11, 20, 13, 0), CancellationToken.None);
        Assert.Equal(60, statistics.Sum(each => each.Runs));
        Assert.Empty(await new SqlJobStatistics(place.Jobs).ReadAsync(
            Instant.FromUtc(2026, 11, 20, 13, 0), Instant.FromUtc(2026, 11, 20, 14, 0), CancellationToken.None));
    }

    [SkippableTheory]
    [Trait("Case", "D6")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindAsync_ARowOfAnotherSystemSinceTheAdoption_IsReadToo(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        await place.Jobs.ExecuteAsync(
            "INSERT INTO job_executions (job_type, status, executed_at, created_at) VALUES ('analysis', 'success', '2026-11-21 02:00:00', '2026-11-21 02:00:00')", null, CancellationToken.None);

        var job = await new SqlJobHistory(place.Jobs).FindAsync(1, withErrors: false, CancellationToken.None);

        Assert.Equal(("2026-11-20", "2026-11-21T02:00:00.000Z"), (job!.ExecutionDate, job.ExecutedAt));
    }

    private static object HorizonParameters => new
    {
        JobType = "analysis",
        ReportType = "weekly",
        Status = "failed",
        BeforeDate = "9999-12-31",
        BeforeTime = string.Empty,
        BeforeId = 0L,
        LastDate = "0000-01-01",
        LastTime = string.Empty,
        LastId = 0L,
        LookedAt = 100L,
    };

    private static async Task<List<string>> PlanAsync(TestPlace place, string sql) =>
        [.. (await place.Jobs.QueryAsync<PlanStep>($"EXPLAIN QUERY PLAN {sql}", null, CancellationToken.None)).Select(step => step.Detail)];

    /// <summary>Executions of different kinds, reports, ends and times, some of the same day.</summary>
    private static Task<int> FillAsync(TestPlace place, int count) => place.Jobs.ExecuteAsync(
        """
        INSERT INTO job_executions (job_type, status, executed_at, execution_date, report_type, execution_time_ms, run_id)
        WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < @Count)
        SELECT 'analysis',
               CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'success' END,
               '2026-11-20T12:00:00.000Z',
               '2026-' || (10 + n % 3) || '-' || (10 + n % 19),
               CASE WHEN n % 20 = 0 THEN 'weekly' ELSE 'intraday' END,
               (n * 7919) % 10000,
               'run ' || n
        FROM number
        """,
        new { Count = count },
        CancellationToken.None);

    private sealed record PlanStep(long Id, long Parent, long Notused, string Detail);
}
