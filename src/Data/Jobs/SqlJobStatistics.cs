using System.Data.Common;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Jobs;

internal sealed class SqlJobStatistics(JobsDatabase database) : IJobStatistics
{
    public Task<IReadOnlyList<JobTypeStatistics>> ReadAsync(Instant from, Instant to, CancellationToken cancellationToken)
    {
        // The index leads to the days; within them adopted rows may have a space where ours have a T.
        // Percentiles by nearest rank: a time that some execution really took. Times that are not known sort last and are not counted.
        const string Sql = """
            SELECT job_type, report_type, COUNT(*),
                   COUNT(CASE WHEN status = 'success' THEN 1 END),
                   COUNT(CASE WHEN status = 'partial' THEN 1 END),
                   COUNT(CASE WHEN status = 'failed' THEN 1 END),
                   COUNT(CASE WHEN status = 'running' THEN 1 END),
                   MAX(CASE WHEN place = (timed + 1) / 2 THEN execution_time_ms END),
                   MAX(CASE WHEN place = (timed * 95 + 99) / 100 THEN execution_time_ms END),
                   MAX(execution_time_ms)
            FROM (
                SELECT job_type, report_type, status, execution_time_ms,
                       ROW_NUMBER() OVER (PARTITION BY job_type, report_type ORDER BY COALESCE(execution_time_ms, 9223372036854775807)) AS place,
                       COUNT(execution_time_ms) OVER (PARTITION BY job_type, report_type) AS timed
                FROM job_executions
                WHERE executed_at >= @FromDate AND executed_at < @AfterDate
                  AND replace(executed_at, ' ', 'T') >= @From AND replace(executed_at, ' ', 'T') < @To
            ) AS timed_executions
            GROUP BY job_type, report_type
            ORDER BY job_type, COALESCE(report_type, '')
            """;

        SqlParameter[] parameters =
        [
            SqlParameter.Text("@From", from.ToIso()),
            SqlParameter.Text("@To", to.ToIso()),
            SqlParameter.Text("@FromDate", from.InUtc().Date.ToIso()),
            SqlParameter.Text("@AfterDate", to.InUtc().Date.PlusDays(1).ToIso()),
        ];
        return database.ReadAsync(Sql, parameters, Read, cancellationToken);
    }

    public async Task<IReadOnlyList<ReportRun>> ListReportRunsAsync(LocalDate first, LocalDate last, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT execution_date AS Date, report_type AS ReportType, id AS Id, status AS Status
            FROM (
                SELECT execution_date, report_type, id, status,
                       ROW_NUMBER() OVER (PARTITION BY execution_date, report_type ORDER BY executed_at DESC, id DESC) AS place
                FROM job_executions
                WHERE execution_date >= @First AND execution_date <= @Last AND report_type IN ('pre-market', 'intraday', 'end-of-day', 'weekly')
            ) AS placed
            WHERE place = 1
            """;

        var rows = await database.QueryAsync<StoredRun>(Sql, new { First = first, Last = last }, cancellationToken);
        return rows.Select(row => new ReportRun(row.Date, row.ReportType, row.Id, JobStatuses.Parse(row.Status) ?? JobStatus.Failed)).ToList();
    }

    public async Task<LocalDate?> FindFirstReportDateAsync(CancellationToken cancellationToken)
    {
        // One for each report, so that each is the first entry of an index.
        const string Sql = """
            SELECT MIN(first_date) FROM (
                SELECT MIN(execution_date) AS first_date FROM job_executions WHERE report_type = 'pre-market'
                UNION ALL SELECT MIN(execution_date) FROM job_executions WHERE report_type = 'intraday'
                UNION ALL SELECT MIN(execution_date) FROM job_executions WHERE report_type = 'end-of-day'
                UNION ALL SELECT MIN(execution_date) FROM job_executions WHERE report_type = 'weekly'
            ) AS firsts
            """;

        var first = await database.FindAsync<string>(Sql, null, cancellationToken);
        return first is null ? null : LocalDatePattern.Iso.Parse(first).GetValueOrThrow();
    }

    private static JobTypeStatistics Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetNullableString(1),
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetInt64(4),
        row.GetInt64(5),
        row.GetInt64(6),
        row.GetNullableInt64(7),
        row.GetNullableInt64(8),
        row.GetNullableInt64(9));

    private sealed record StoredRun(LocalDate Date, string ReportType, long Id, string Status);
}
