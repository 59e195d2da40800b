using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Runs;

namespace TraderHub.Data.Jobs;

internal sealed class SqlReportRuns(JobsDatabase database) : IReportRuns
{
    public async Task<IReadOnlyList<JobExecution>> ListAsync(string reportType, LocalDate first, LocalDate last, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            {StoredExecution.Select}
            WHERE report_type = @ReportType AND execution_date >= @First AND execution_date <= @Last
            ORDER BY execution_date DESC, executed_at DESC, id DESC
            """;

        var rows = await database.QueryAsync<StoredExecution>(Sql, new { ReportType = reportType, First = first, Last = last }, cancellationToken);
        return [.. rows.Select(row => row.ToExecution())];
    }
}
