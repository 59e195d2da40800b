using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Data.Trading;

namespace TraderHub.Data.Operations;

internal sealed class SqlCronLog(TradingDatabase database) : ICronLog
{
    public Task<long> StartAsync(string jobName, Instant startedAt, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO cron_logs (job_name, status, users_processed, users_failed, users_skipped, created_at)
            VALUES (@JobName, 'started', 0, 0, 0, @CreatedAt)
            RETURNING id
            """;

        return database.ExecuteReturningAsync<long>(Sql, new { JobName = jobName, CreatedAt = startedAt.ToUnixTimeSeconds() }, cancellationToken);
    }

    public Task FinishAsync(long id, CronRun run, string? failure, Duration duration, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE cron_logs
            SET status = @Status, error_message = @ErrorMessage, users_processed = @UsersProcessed, users_failed = @UsersFailed,
                users_skipped = @UsersSkipped, execution_time_ms = @ExecutionTimeMs
            WHERE id = @Id
            """;

        return database.ExecuteAsync(
            Sql,
            new
            {
                Id = id,
                Status = failure is null ? "completed" : "failed",
                ErrorMessage = failure ?? run.FirstError,
                run.UsersProcessed,
                run.UsersFailed,
                run.UsersSkipped,
                ExecutionTimeMs = (long)duration.TotalMilliseconds,
            },
            cancellationToken);
    }
}
