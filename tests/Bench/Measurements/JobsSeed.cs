using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Data.Jobs;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.Bench.Measurements;

/// <summary>Fills a data folder with a history: executions of four years, one in fifty failed, one in a hundred nightly, each with a verdict on one of fifty symbols.</summary>
internal static class JobsSeed
{
    public static async Task MakeAsync(string folder, int executions, TimeProvider clock, CancellationToken cancellationToken)
    {
        const string Executions = """
            INSERT INTO job_executions
                (job_type, status, executed_at, execution_date, report_type, execution_time_ms, symbols_processed, symbols_successful, symbols_failed,
                 success_rate, metadata, run_id, trigger_source)
            WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < @Count)
            SELECT CASE WHEN n % 3 = 0 THEN 'analysis' ELSE 'report' END,
                   CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'success' END,
                   strftime('%Y-%m-%dT%H:%M:%S.000Z', 1672617600 + n * @Step, 'unixepoch'),
                   strftime('%Y-%m-%d', 1672617600 + n * @Step, 'unixepoch'),
                   CASE n % 4 WHEN 0 THEN 'pre-market' WHEN 1 THEN 'intraday' WHEN 2 THEN 'end-of-day' END,
                   (n * 7919) % 10000, 5, 5, 0, 1.0,
                   CASE WHEN n % 100 = 0 THEN '{"trigger":"nightly"}' ELSE '{"trigger":"scheduled","workflow_run_id":"20795135155"}' END,
                   'run ' || n, 'cron'
            FROM number
            """;
        const string Results = """
            INSERT INTO scheduled_job_results (job_execution_id, result_type, symbol, sentiment, confidence)
            SELECT id, 'analysis_detail', 'S' || substr('0' || (id % 50), -2), 'bullish', 0.5 FROM job_executions
            """;

        const int FourYears = 4 * 365 * 24 * 3600;
        await using var database = new JobsDatabase(new DatabaseOptions(DatabaseProvider.Sqlite, folder), NullLogger<JobsDatabase>.Instance);
        await new MigrationRunner(database, clock).MigrateAsync(cancellationToken);
        await database.ExecuteAsync(Executions, new { Count = executions, Step = FourYears / executions }, cancellationToken);
        await database.ExecuteAsync(Results, null, cancellationToken);
    }
}
