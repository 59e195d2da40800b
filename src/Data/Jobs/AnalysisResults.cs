using System.Data.Common;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Jobs;

/// <summary>The results that the symbols of an analysis are stored as, in the analysis' order.</summary>
internal static class AnalysisResults
{
    public const string FindSql = """
        SELECT id, symbol, sentiment, confidence, direction, reasoning, signals, result_type
        FROM scheduled_job_results
        WHERE job_execution_id = (
            SELECT id
            FROM job_executions
            WHERE job_type = @JobType AND execution_date = @Date AND COALESCE(report_type, '') = '' AND run_id = @RunId
        )
        """;

    /// <summary>The results of a date, in any order.</summary>
    public static SqlStatement Find(LocalDate date, Action<JobResult> found) => new(FindSql, AnalysisExecutions.Key(date), row =>
    {
        // Not asked for in the query: the index of the types leads to the results of all dates.
        if (row.GetString(7) == ResultTypes.AnalysisDetail)
        {
            found(Read(row));
        }
    });

    /// <summary>Adds results to an execution.</summary>
    public static IEnumerable<SqlStatement> Insert(long executionId, IEnumerable<NewJobResult> results, string now)
    {
        const string Sql = """
            INSERT INTO scheduled_job_results
                (job_execution_id, result_type, symbol, sentiment, confidence, direction, reasoning, signals, created_at)
            VALUES (@Id, @ResultType, @Symbol, @Sentiment, @Confidence, @Direction, @Reasoning, @Signals, @CreatedAt)
            """;

        return results.Select(result => new SqlStatement(
            Sql,
            [
                SqlParameter.Number("@Id", executionId),
                SqlParameter.Text("@ResultType", result.ResultType),
                SqlParameter.Text("@Symbol", result.Symbol),
                SqlParameter.Text("@Sentiment", result.Sentiment),
                SqlParameter.Real("@Confidence", result.Confidence),
                SqlParameter.Text("@Direction", result.Direction),
                SqlParameter.Text("@Reasoning", result.Reasoning),
                SqlParameter.Text("@Signals", result.Signals),
                SqlParameter.Text("@CreatedAt", now),
            ]));
    }

    /// <summary>Makes the results of an execution others; those that say the same stay.</summary>
    public static IEnumerable<SqlStatement> Change(long executionId, IReadOnlyList<JobResult> stored, IReadOnlyList<NewJobResult> wanted, string now)
    {
        var changes = RowChanges.Compare(stored, wanted, SaysTheSame);
        return [.. changes.Gone.Select(row => Delete(row.Id)), .. Insert(executionId, changes.New, now)];
    }

    private static bool SaysTheSame(JobResult row, NewJobResult wanted) =>
        (row.Symbol, row.Sentiment, row.Confidence, row.Direction, row.Reasoning, row.Signals)
        == (wanted.Symbol, wanted.Sentiment, wanted.Confidence, wanted.Direction, wanted.Reasoning, wanted.Signals);

    private static SqlStatement Delete(long id)
    {
        const string Sql = "DELETE FROM scheduled_job_results WHERE id = @Id";

        return new(Sql, [SqlParameter.Number("@Id", id)]);
    }

    private static JobResult Read(DbDataReader row) => new(
        row.GetInt64(0),
        ResultTypes.AnalysisDetail,
        row.GetNullableString(1),
        row.GetNullableString(2),
        row.GetNullableDouble(3),
        row.GetNullableString(4),
        row.GetNullableString(5),
        row.GetNullableString(6),
        ReportContent: null,
        HtmlSnapshot: null,
        CreatedAt: null);
}
