using TraderHub.Core.Jobs.Migration;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Verification;
using TraderHub.Data.Jobs;

namespace TraderHub.Data.Migration;

/// <summary>The tables of the group <c>jobs</c>.</summary>
internal sealed class JobsTables(JobsDatabase database) : IGroupTables
{
    private readonly TableChecks checks = new(
        database,
        [
            new("scheduled_job_results", "foreign_key", "belong to no execution", """
                SELECT COUNT(*) FROM scheduled_job_results AS result
                WHERE NOT EXISTS (SELECT 1 FROM job_executions AS job WHERE job.id = result.job_execution_id)
                """),
            new("job_executions", "range", "have a negative count or duration", """
                SELECT COUNT(*) FROM job_executions
                WHERE symbols_processed < 0 OR symbols_successful < 0 OR symbols_fallback < 0 OR symbols_failed < 0 OR execution_time_ms < 0
                """),
            new("job_executions", "range", "have a success rate that is not between 0 and 1, nor in percent", """
                SELECT COUNT(*) FROM job_executions WHERE success_rate < 0 OR success_rate > 100
                """),
            new("scheduled_job_results", "range", "have a kind that there is not", """
                SELECT COUNT(*) FROM scheduled_job_results WHERE result_type NOT IN ('analysis_detail', 'report_snapshot')
                """),
        ]);

    public IReadOnlyList<TableCount> CountRows(IEntity owner, string key, ReadOnlyMemory<byte>? value)
    {
        var symbols = value is { } bytes ? AnalysisEntity.CountSymbols(bytes) : null;
        return [new("job_executions", symbols is null ? 0 : 1), new("scheduled_job_results", symbols ?? 0)];
    }

    public Task<IReadOnlyList<TableDamage>> FindDamageAsync(CancellationToken cancellationToken) => checks.RunAsync(cancellationToken);

    public async Task<bool> AreEmptyAsync(CancellationToken cancellationToken)
    {
        const string Sql = "SELECT id FROM job_executions LIMIT 1";

        return (await database.ReadAsync(Sql, [], row => row.GetInt64(0), cancellationToken)).Count == 0;
    }

    public Task NoteCompletedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
