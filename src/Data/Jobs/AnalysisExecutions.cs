using System.Data.Common;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Jobs;

/// <summary>The executions that analyses are stored as.</summary>
internal static class AnalysisExecutions
{
    public const string FindSql = """
        SELECT job.id, job.executed_at, job.execution_time_ms, job.metadata,
            result.id, result.symbol, result.sentiment, result.confidence, result.direction, result.reasoning, result.signals, result.result_type
        FROM job_executions AS job
        LEFT JOIN scheduled_job_results AS result ON result.job_execution_id = job.id
        WHERE job.job_type = @JobType AND job.execution_date = @Date AND COALESCE(job.report_type, '') = '' AND job.run_id = @RunId
        """;

    private const int FirstOfResult = 4;

    /// <summary>The execution of a date, as far as an analysis is made of it, and its results in any order.</summary>
    public static SqlStatement Find(LocalDate date, Action<JobExecution> found, Action<JobResult> foundResult)
    {
        var isFirst = true;
        return new(FindSql, Key(date), row =>
        {
            if (isFirst)
            {
                isFirst = false;
                found(Read(date, row));
            }

            if (AnalysisResults.Read(row, FirstOfResult) is { } result)
            {
                foundResult(result);
            }
        });
    }

    /// <summary>Stores an execution, unless it is there: then there is no id.</summary>
    public static SqlStatement Insert(NewJob job, string now, Action<long> added)
    {
        const string Sql = """
            INSERT INTO job_executions
                (job_type, execution_date, run_id, status, executed_at, execution_time_ms, symbols_processed, symbols_successful, symbols_fallback, symbols_failed,
                 success_rate, errors, metadata, trigger_source, created_at)
            VALUES
                (@JobType, @Date, @RunId, @Status, @ExecutedAt, @ExecutionTimeMs, @Processed, @Successful, @Fallback, @Failed,
                 @SuccessRate, @Errors, @Metadata, @TriggerSource, @CreatedAt)
            ON CONFLICT (job_type, execution_date, COALESCE(report_type, ''), run_id) DO NOTHING
            RETURNING id
            """;

        SqlParameter[] parameters =
        [
            .. Key(job.ExecutionDate),
            SqlParameter.Text("@ExecutedAt", job.ExecutedAt.ToIso()),
            .. Columns(job),
            SqlParameter.Text("@TriggerSource", job.TriggerSource),
            SqlParameter.Text("@CreatedAt", now),
        ];
        return new(Sql, parameters, row => added(row.GetInt64(0)));
    }

    /// <summary>Gives an execution what another analysis of the same time says.</summary>
    public static SqlStatement Update(long id, NewJob job)
    {
        const string Sql = """
            UPDATE job_executions
            SET status = @Status, execution_time_ms = @ExecutionTimeMs, symbols_processed = @Processed, symbols_successful = @Successful,
                symbols_fallback = @Fallback, symbols_failed = @Failed, success_rate = @SuccessRate, errors = @Errors, metadata = @Metadata
            WHERE id = @Id
            """;

        return new(Sql, [.. Columns(job), SqlParameter.Number("@Id", id)]);
    }

    /// <summary>Removes an execution with its results.</summary>
    public static SqlStatement Delete(long id)
    {
        const string Sql = "DELETE FROM job_executions WHERE id = @Id";

        return new(Sql, [SqlParameter.Number("@Id", id)]);
    }

    /// <summary>What names the execution of a date.</summary>
    public static SqlParameter[] Key(LocalDate date) =>
    [
        SqlParameter.Text("@JobType", JobTypes.Analysis),
        SqlParameter.Text("@Date", date.ToIso()),
        SqlParameter.Text("@RunId", AnalysisRows.RunIdOf(date)),
    ];

    private static SqlParameter[] Columns(NewJob job) =>
    [
        SqlParameter.Text("@Status", job.Status.ToText()),
        SqlParameter.Number("@ExecutionTimeMs", job.ExecutionTimeMs),
        SqlParameter.Number("@Processed", job.Symbols.Processed),
        SqlParameter.Number("@Successful", job.Symbols.Successful),
        SqlParameter.Number("@Fallback", job.Symbols.Fallback),
        SqlParameter.Number("@Failed", job.Symbols.Failed),
        SqlParameter.Real("@SuccessRate", job.Symbols.SuccessRate),
        SqlParameter.Text("@Errors", JsonTexts.Write(job.Errors)),
        SqlParameter.Text("@Metadata", job.Metadata),
    ];

    private static JobExecution Read(LocalDate date, DbDataReader row) => new(
        row.GetInt64(0),
        JobTypes.Analysis,
        date,
        ReportType: null,
        JobStatus.Success,
        StoredTimes.Read(row.GetString(1)),
        StartedAt: null,
        row.GetNullableInt64(2),
        SymbolCounts.Unknown,
        SuccessRate: null,
        Errors: [],
        row.GetNullableString(3),
        AnalysisRows.RunIdOf(date),
        JobTriggers.KeyValue);
}
