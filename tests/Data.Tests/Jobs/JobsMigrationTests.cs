using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Jobs;

/// <summary>The prediction system's database, as it stands there, is taken over with everything in it.</summary>
public sealed class JobsMigrationTests
{
    private static readonly ManualClock Clock = new("2026-11-21T09:30:00Z");

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task OldRows_KeepEverything_AndGainNewYorksDate(DatabaseProvider provider)
    {
        await using var place = await CreateOldAsync(provider);
        await AddAsync(place, "success", "2026-01-08T12:46:00.123Z", "2026-01-08 12:46:01");
        await AddAsync(place, "failure", "2026-01-08 20:05:00", null);
        await AddAsync(place, "partial", "2026-01-09T02:00:00Z", "2026-01-09T02:00:00Z");
        await AddAsync(place, "success", "2026-07-02T03:59:59.000Z", null);
        await AddAsync(place, "success", "2026-07-02T04:00:00.000Z", null);

        await new MigrationRunner(place.Jobs, Clock).MigrateAsync(CancellationToken.None);

        Assert.Equal(
            [
                new(1, "success", "2026-01-08T12:46:00.123Z", "2026-01-08T12:46:01.000Z", "2026-01-08", 0, null, "[\"x\"]"),
                new(2, "failed", "2026-01-08T20:05:00.000Z", null, "2026-01-08", 0, null, "[\"x\"]"),
                new(3, "partial", "2026-01-09T02:00:00.000Z", "2026-01-09T02:00:00.000Z", "2026-01-08", 0, null, "[\"x\"]"),
                new(4, "success", "2026-07-02T03:59:59.000Z", null, "2026-07-01", 0, null, "[\"x\"]"),
                new(5, "success", "2026-07-02T04:00:00.000Z", null, "2026-07-02", 0, null, "[\"x\"]"),
            ],
            await RowsAsync(place));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task BothTimeFormatsOfADay_OrderAsTheTimesDo(DatabaseProvider provider)
    {
        await using var place = await CreateOldAsync(provider);
        await AddAsync(place, "success", "2026-01-08 20:05:00", null);
        await AddAsync(place, "success", "2026-01-08T12:46:00.000Z", null);

        await new MigrationRunner(place.Jobs, Clock).MigrateAsync(CancellationToken.None);

        Assert.Equal([1L, 2L], await place.Jobs.QueryAsync<long>("SELECT id FROM job_executions ORDER BY executed_at DESC", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ADatabaseThatWasExtendedByHand_IsTakenOverAsItIs(DatabaseProvider provider)
    {
        await using var place = await CreateOldAsync(provider);
        await AddAsync(place, "success", "2026-01-09T02:00:00.000Z", null);
        await place.Jobs.ExecuteAsync(
            """
            ALTER TABLE job_executions ADD COLUMN execution_date TEXT;
            ALTER TABLE job_executions ADD COLUMN report_type TEXT;
            UPDATE job_executions SET execution_date = '2026-01-09', report_type = 'pre-market';
            """,
            null,
            CancellationToken.None);

        await new MigrationRunner(place.Jobs, Clock).MigrateAsync(CancellationToken.None);

        Assert.Equal(
            [new(1, "success", "2026-01-09T02:00:00.000Z", null, "2026-01-09", 0, "pre-market", "[\"x\"]")], await RowsAsync(place));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task BackAndUpAgain_EveryRowIsStillThere(DatabaseProvider provider)
    {
        await using var place = await CreateOldAsync(provider);
        await AddAsync(place, "success", "2026-01-08 20:05:00", null);
        var runner = new MigrationRunner(place.Jobs, Clock);
        await runner.MigrateAsync(CancellationToken.None);
        var before = await RowsAsync(place);

        await runner.RollBackAsync(1, CancellationToken.None);
        await runner.MigrateAsync(CancellationToken.None);

        Assert.Equal(before, await RowsAsync(place));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ATimeThatIsNone_IsNamed_AndNothingIsChanged(DatabaseProvider provider)
    {
        await using var place = await CreateOldAsync(provider);
        await AddAsync(place, "failure", "2026-01-08 20:05:00", null);
        await AddAsync(place, "success", "yesterday", null);

        var exception = await Assert.ThrowsAsync<MigrationException>(() => new MigrationRunner(place.Jobs, Clock).MigrateAsync(CancellationToken.None));

        Assert.Contains("execution 2 has 'yesterday'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["failure", "success"],
            await place.Jobs.QueryAsync<string>("SELECT status FROM job_executions ORDER BY id", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task MoreRowsThanABatch_AllGainTheirDate(DatabaseProvider provider)
    {
        await using var place = await CreateOldAsync(provider);
        await place.Jobs.ExecuteAsync(
            """
            INSERT INTO job_executions (job_type, status, executed_at)
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2500)
            SELECT 'analysis', 'success', '2026-01-08 20:05:00' FROM number
            """,
            null,
            CancellationToken.None);

        await new MigrationRunner(place.Jobs, Clock).MigrateAsync(CancellationToken.None);

        Assert.Equal(
            [2500L],
            await place.Jobs.QueryAsync<long>("SELECT COUNT(*) FROM job_executions WHERE execution_date = '2026-01-08'", null, CancellationToken.None));
    }

    /// <summary>The old system's tables, and no journal of ours.</summary>
    private static async Task<TestPlace> CreateOldAsync(DatabaseProvider provider)
    {
        var place = await Databases.CreateAsync(provider);
        await new MigrationRunner(place.Jobs, [MigrationScript.LoadAll("jobs")[0]], Clock).MigrateAsync(CancellationToken.None);
        await place.Jobs.ExecuteAsync("DROP TABLE schema_migrations", null, CancellationToken.None);
        return place;
    }

    private static Task<int> AddAsync(TestPlace place, string status, string executedAt, string? createdAt) => place.Jobs.ExecuteAsync(
        """
        INSERT INTO job_executions (job_type, status, executed_at, symbols_failed, errors, created_at)
        VALUES ('analysis', @Status, @ExecutedAt, 0, '["x"]', @CreatedAt)
        """,
        new { Status = status, ExecutedAt = executedAt, CreatedAt = createdAt },
        CancellationToken.None);

    private static Task<IReadOnlyList<Row>> RowsAsync(TestPlace place) => place.Jobs.QueryAsync<Row>(
        """
        SELECT id AS Id, status AS Status, executed_at AS ExecutedAt, created_at AS CreatedAt, execution_date AS ExecutionDate,
               symbols_failed AS SymbolsFailed, report_type AS ReportType, errors AS Errors
        FROM job_executions
        ORDER BY id
        """,
        null,
        CancellationToken.None);

    private sealed record Row(
        long Id, string Status, string ExecutedAt, string? CreatedAt, string ExecutionDate, long? SymbolsFailed, string? ReportType, string Errors);
}
