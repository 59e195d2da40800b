using NodaTime;
using TraderHub.Core.Jobs;

namespace TraderHub.Data.Jobs;

internal sealed class SqlJobRunLog(JobsDatabase database) : IJobRunLog
{
    public Task BeginStageAsync(long id, string stage, Instant startedAt, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO job_stage_log (job_execution_id, stage, status, started_at)
            VALUES (@Id, @Stage, 'running', @StartedAt)
            ON CONFLICT (job_execution_id, stage) DO UPDATE
            SET status = excluded.status, started_at = excluded.started_at, ended_at = NULL, errors_json = NULL
            """;

        return database.ExecuteAsync(Sql, new { Id = id, Stage = stage, StartedAt = startedAt }, cancellationToken);
    }

    public Task EndStageAsync(long id, string stage, JobStatus status, string? error, Instant endedAt, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE job_stage_log
            SET status = @Status, errors_json = @Errors, ended_at = @EndedAt
            WHERE job_execution_id = @Id AND stage = @Stage AND status = 'running'
            """;

        var row = new { Id = id, Stage = stage, Status = status.ToText(), Errors = JsonTexts.Write(error is null ? [] : [error]), EndedAt = endedAt };
        return database.ExecuteAsync(Sql, row, cancellationToken);
    }

    public async Task<IReadOnlyList<JobStage>> ListStagesAsync(long id, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT stage AS Stage, status AS Status, started_at AS StartedAt, ended_at AS EndedAt, errors_json AS Errors
            FROM job_stage_log
            WHERE job_execution_id = @Id
            ORDER BY started_at, id
            """;

        var rows = await database.QueryAsync<StoredStage>(Sql, new { Id = id }, cancellationToken);
        return rows.Select(row => row.ToStage()).ToList();
    }

    public Task<bool> TryEndAsync(long id, JobOutcome outcome, long executionTimeMs, Instant endedAt, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE job_executions
            SET status = @Status, execution_time_ms = @ExecutionTimeMs, symbols_processed = @Processed, symbols_successful = @Successful,
                symbols_fallback = @Fallback, symbols_failed = @Failed, success_rate = @SuccessRate, errors = @Errors,
                metadata = COALESCE(@Metadata, metadata)
            WHERE id = @Id AND status = 'running'
            """;

        var row = new
        {
            Id = id,
            Status = outcome.Status.ToText(),
            ExecutionTimeMs = executionTimeMs,
            outcome.Symbols.Processed,
            outcome.Symbols.Successful,
            outcome.Symbols.Fallback,
            outcome.Symbols.Failed,
            outcome.Symbols.SuccessRate,
            Errors = JsonTexts.Write(outcome.Errors),
            outcome.Metadata,
        };
        return database.InTransactionAsync(
            async () =>
            {
                if (await database.ExecuteAsync(Sql, row, cancellationToken) == 0)
                {
                    return false;
                }

                await JobResults.AddAsync(database, id, outcome.Results, endedAt, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    public Task<int> FailStalledAsync(Instant startedBy, string error, Instant endedAt, CancellationToken cancellationToken)
    {
        const string Stages = """
            UPDATE job_stage_log
            SET status = 'failed', ended_at = @EndedAt
            WHERE status = 'running'
              AND job_execution_id IN (SELECT id FROM job_executions WHERE status = 'running' AND executed_at <= @StartedBy)
            """;
        const string Runs = "UPDATE job_executions SET status = 'failed', errors = @Errors WHERE status = 'running' AND executed_at <= @StartedBy";

        var row = new { StartedBy = startedBy, EndedAt = endedAt, Errors = JsonTexts.Write([error]) };
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync(Stages, row, cancellationToken);
                return await database.ExecuteAsync(Runs, row, cancellationToken);
            },
            cancellationToken);
    }

    private sealed record StoredStage(string Stage, string Status, Instant StartedAt, Instant? EndedAt, string? Errors)
    {
        public JobStage ToStage() => new(Stage, JobStatuses.Parse(Status) ?? JobStatus.Failed, StartedAt, EndedAt, JsonTexts.Read(Errors));
    }
}
