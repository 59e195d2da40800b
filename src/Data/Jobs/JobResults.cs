using NodaTime;
using TraderHub.Core.Jobs;

namespace TraderHub.Data.Jobs;

/// <summary>The table of results, which stored executions and ended runs both write.</summary>
internal static class JobResults
{
    /// <summary>Adds an execution's results; belongs inside the transaction that stores or ends it.</summary>
    public static async Task AddAsync(
        JobsDatabase database, long id, IReadOnlyList<NewJobResult> results, Instant createdAt, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO scheduled_job_results
                (job_execution_id, result_type, symbol, sentiment, confidence, direction, reasoning, signals, report_content, html_snapshot, created_at)
            VALUES (@Id, @ResultType, @Symbol, @Sentiment, @Confidence, @Direction, @Reasoning, @Signals, @ReportContent, @HtmlSnapshot, @CreatedAt)
            """;

        if (results.Count == 0)
        {
            return;
        }

        var rows = results.Select(result => new
        {
            Id = id,
            result.ResultType,
            result.Symbol,
            result.Sentiment,
            result.Confidence,
            result.Direction,
            result.Reasoning,
            result.Signals,
            result.ReportContent,
            result.HtmlSnapshot,
            CreatedAt = createdAt,
        });
        await database.ExecuteAsync(Sql, rows.ToList(), cancellationToken);
    }

    /// <summary>An execution's results, in the order they were stored.</summary>
    public static Task<IReadOnlyList<JobResult>> ListAsync(JobsDatabase database, long id, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT id AS Id, result_type AS ResultType, symbol AS Symbol, sentiment AS Sentiment, confidence AS Confidence, direction AS Direction,
                   reasoning AS Reasoning, signals AS Signals, report_content AS ReportContent, html_snapshot AS HtmlSnapshot, created_at AS CreatedAt
            FROM scheduled_job_results
            WHERE job_execution_id = @Id
            ORDER BY id
            """;

        return database.QueryAsync<JobResult>(Sql, new { Id = id }, cancellationToken);
    }
}
