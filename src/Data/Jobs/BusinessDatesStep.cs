using TraderHub.Core.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.Data.Jobs;

/// <summary>
/// Gives each execution of the prediction system its business date (rule J1), and writes its times in our one format: that system wrote both
/// <c>2026-01-08T12:46:00.000Z</c> and <c>2026-01-08 20:05:00</c>, which as texts do not sort as the times do.
/// </summary>
internal static class BusinessDatesStep
{
    private const int Batch = 1000;

    public static async Task RunAsync(ModuleDatabase database, CancellationToken cancellationToken)
    {
        const string Read = """
            SELECT id AS Id, executed_at AS ExecutedAt, created_at AS CreatedAt, execution_date AS ExecutionDate
            FROM job_executions
            WHERE id > @After
            ORDER BY id
            LIMIT @Batch
            """;
        const string Write = """
            UPDATE job_executions
            SET executed_at = @ExecutedAt, created_at = @CreatedAt, execution_date = @ExecutionDate
            WHERE id = @Id
            """;

        var after = long.MinValue;
        while (await database.QueryAsync<Row>(Read, new { After = after, Batch }, cancellationToken) is { Count: > 0 } rows)
        {
            await database.ExecuteAsync(Write, rows.Select(row => Convert(row, database.Module)).ToList(), cancellationToken);
            after = rows[^1].Id;
        }
    }

    private static Row Convert(Row row, string module)
    {
        var executedAt = StoredTimes.Parse(row.ExecutedAt) ?? throw new MigrationException(
            module, $"the execution {row.Id} has '{row.ExecutedAt}' for executed_at, which is no time. Correct it, such as to 2026-01-08T12:46:00.000Z.");
        return row with
        {
            ExecutedAt = executedAt.ToIso(),
            CreatedAt = row.CreatedAt is { } text && StoredTimes.Parse(text) is { } createdAt ? createdAt.ToIso() : row.CreatedAt,
            ExecutionDate = row.ExecutionDate ?? BusinessDate.Of(executedAt).ToIso(),
        };
    }

    private sealed record Row(long Id, string ExecutedAt, string? CreatedAt, string? ExecutionDate);
}
