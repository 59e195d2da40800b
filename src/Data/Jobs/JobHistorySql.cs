using TraderHub.Core.Jobs;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Jobs;

/// <summary>
/// The history's statements, one for each index that can lead the way. The filter that leaves least leads; the others look at what the index holds.
/// </summary>
/// <param name="Page">Reads a page.</param>
/// <param name="Horizon">Finds how far a stretch of a page with filters goes.</param>
internal sealed record JobHistorySql(string Page, string Horizon)
{
    private const string ByType = "job_type = @JobType AND";

    private const string ByReport = "report_type = @ReportType AND";

    private const string ByStatus = "status = @Status AND";

    private const string Columns = """
        SELECT id, job_type, execution_date, report_type, status, executed_at, started_at, execution_time_ms, symbols_processed, symbols_successful,
               symbols_fallback, symbols_failed, success_rate, errors, metadata, run_id, trigger_source
        FROM job_executions AS job
        """;

    private const string Rest = """
          (execution_date, executed_at, id) < (@BeforeDate, @BeforeTime, @BeforeId)
          AND (execution_date, executed_at, id) >= (@LastDate, @LastTime, @LastId)
          AND (@JobType IS NULL OR job_type = @JobType)
          AND (@ReportType IS NULL OR report_type = @ReportType)
          AND (@Status IS NULL OR status = @Status)
          AND (@MinDuration IS NULL OR execution_time_ms >= @MinDuration)
          AND (@Symbol IS NULL OR EXISTS (
            SELECT 1 FROM scheduled_job_results AS result WHERE result.job_execution_id = job.id AND result.symbol IN (@Symbol, @WrittenSymbol)))
          AND (@Text IS NULL
            OR job_type {like} @Text ESCAPE '\'
            OR report_type {like} @Text ESCAPE '\'
            OR run_id {like} @Text ESCAPE '\'
            OR metadata {like} @Text ESCAPE '\'
            OR (@WithErrors = 1 AND errors {like} @Text ESCAPE '\'))
        ORDER BY execution_date DESC, executed_at DESC, id DESC
        LIMIT @Rows
        """;

    private const string Places = "SELECT execution_date, executed_at, id FROM job_executions";

    private const string Stop = """
          (execution_date, executed_at, id) < (@BeforeDate, @BeforeTime, @BeforeId)
          AND (execution_date, executed_at, id) >= (@LastDate, @LastTime, @LastId)
        ORDER BY execution_date DESC, executed_at DESC, id DESC
        LIMIT 1 OFFSET @LookedAt
        """;

    private static readonly JobHistorySql[] OnSqlite = StatementsOf(Dialect.Sqlite);

    private static readonly JobHistorySql[] OnPostgres = StatementsOf(Dialect.Postgres);

    /// <summary>An execution by its id.</summary>
    public const string ById = $"{Columns} WHERE id = @Id";

    /// <summary>The statements for a query. Most executions succeed, so success leads only where nothing else does.</summary>
    public static JobHistorySql For(JobHistoryQuery query, Dialect dialect) => (dialect == Dialect.Postgres ? OnPostgres : OnSqlite)[query switch
    {
        { Status: not null and not JobStatus.Success } => 3,
        { ReportType: not null } => 2,
        { JobType: not null } => 1,
        { Status: not null } => 3,
        _ => 0,
    }];

    /// <summary>Whether a query has filters beside the one that leads, and so may look at many executions to find few.</summary>
    public static bool IsFiltered(JobHistoryQuery query) =>
        query.Text is not null
        || query.Symbol is not null
        || query.MinDurationMs is not null
        || (query.JobType is null ? 0 : 1) + (query.ReportType is null ? 0 : 1) + (query.Status is null ? 0 : 1) > 1;

    /// <summary>In the order that <see cref="For"/> counts by.</summary>
    private static JobHistorySql[] StatementsOf(Dialect dialect)
    {
        var rest = Rest.Replace("{like}", dialect.Like, StringComparison.Ordinal);
        return new[] { string.Empty, ByType, ByReport, ByStatus }
            .Select(leading => new JobHistorySql($"{Columns} WHERE {leading} {rest}", $"{Places} WHERE {leading} {Stop}"))
            .ToArray();
    }
}
