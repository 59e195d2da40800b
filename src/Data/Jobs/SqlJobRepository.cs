using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Jobs;

internal sealed class SqlJobRepository(JobsDatabase database, TimeProvider clock) : IJobRepository
{
    public Task<StoredJob> StoreAsync(NewJob job, CancellationToken cancellationToken)
    {
        const string Insert = """
            INSERT INTO job_executions
                (job_type, status, executed_at, execution_time_ms, symbols_processed, symbols_successful, symbols_fallback, symbols_failed, success_rate,
                 errors, created_at, execution_date, report_type, metadata, run_id, trigger_source, started_at)
            VALUES
                (@JobType, @Status, @ExecutedAt, @ExecutionTimeMs, @Processed, @Successful, @Fallback, @Failed, @SuccessRate,
                 @Errors, @CreatedAt, @ExecutionDate, @ReportType, @Metadata, @RunId, @TriggerSource, @StartedAt)
            ON CONFLICT (job_type, execution_date, COALESCE(report_type, ''), run_id) DO NOTHING
            RETURNING id
            """;
        const string Find = """
            SELECT id FROM job_executions
            WHERE job_type = @JobType AND execution_date = @ExecutionDate AND COALESCE(report_type, '') = COALESCE(@ReportType, '') AND run_id = @RunId
            """;

        var row = RowOf(job);
        return database.InTransactionAsync(
            async () =>
            {
                if (await database.ExecuteReturningAsync<long?>(Insert, row, cancellationToken) is not { } id)
                {
                    return new StoredJob(await database.FindAsync<long>(Find, row, cancellationToken), IsNew: false);
                }

                await JobResults.AddAsync(database, id, job.Results, row.CreatedAt, cancellationToken);
                return new StoredJob(id, IsNew: true);
            },
            cancellationToken);
    }

    public async Task<JobExecution?> FindAsync(long id, CancellationToken cancellationToken)
    {
        const string Sql = $"{StoredExecution.Select} WHERE id = @Id";

        return (await database.FindAsync<StoredExecution>(Sql, new { Id = id }, cancellationToken))?.ToExecution();
    }

    public async Task<JobExecution?> FindLatestAsync(string jobType, string? reportType, LocalDate? date, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            {StoredExecution.Select}
            WHERE job_type = @JobType
              AND (@ReportType IS NULL OR report_type = @ReportType)
              AND execution_date >= @From AND execution_date <= @To
            ORDER BY execution_date DESC, executed_at DESC, id DESC
            LIMIT 1
            """;

        var range = new { JobType = jobType, ReportType = reportType, From = date ?? LocalDate.MinIsoValue, To = date ?? LocalDate.MaxIsoValue };
        return (await database.FindAsync<StoredExecution>(Sql, range, cancellationToken))?.ToExecution();
    }

    public Task<IReadOnlyList<JobResult>> ListResultsAsync(long id, CancellationToken cancellationToken) =>
        JobResults.ListAsync(database, id, cancellationToken);

    public async Task<bool> TryDeleteAsync(long id, CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM job_executions WHERE id = @Id AND status <> 'running'";

        return await database.ExecuteAsync(Sql, new { Id = id }, cancellationToken) == 1;
    }

    private NewRow RowOf(NewJob job) => new(
        job.JobType,
        job.Status.ToText(),
        job.ExecutedAt,
        job.ExecutionTimeMs,
        job.Symbols.Processed,
        job.Symbols.Successful,
        job.Symbols.Fallback,
        job.Symbols.Failed,
        job.Symbols.SuccessRate,
        JsonTexts.Write(job.Errors),
        clock.GetInstant(),
        job.ExecutionDate,
        job.ReportType,
        job.Metadata,
        job.RunId,
        job.TriggerSource,
        job.StartedAt);

    private sealed record NewRow(
        string JobType,
        string Status,
        Instant ExecutedAt,
        long? ExecutionTimeMs,
        long? Processed,
        long? Successful,
        long? Fallback,
        long? Failed,
        double? SuccessRate,
        string? Errors,
        Instant CreatedAt,
        LocalDate ExecutionDate,
        string? ReportType,
        string? Metadata,
        string RunId,
        string? TriggerSource,
        Instant? StartedAt);
}
