using System.Data.Common;
using TraderHub.Core.Jobs;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Jobs;

/// <summary>The results that the symbols of an analysis are stored as, in the analysis' order.</summary>
internal static class AnalysisResults
{
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

    /// <summary>The result that begins at a column; null where there is none, or one of another type.</summary>
    public static JobResult? Read(DbDataReader row, int first) =>

        // Its type is not asked for in the query: the index of the types leads to the results of all dates.
        row.IsDBNull(first) || row.GetString(first + 7) != ResultTypes.AnalysisDetail
            ? null
            : new(
                row.GetInt64(first),
                ResultTypes.AnalysisDetail,
                row.GetNullableString(first + 1),
                row.GetNullableString(first + 2),
                row.GetNullableDouble(first + 3),
                row.GetNullableString(first + 4),
                row.GetNullableString(first + 5),
                row.GetNullableString(first + 6),
                ReportContent: null,
                HtmlSnapshot: null,
                CreatedAt: null);

    private static bool SaysTheSame(JobResult row, NewJobResult wanted) =>
        (row.Symbol, row.Sentiment, row.Confidence, row.Direction, row.Reasoning, row.Signals)
        == (wanted.Symbol, wanted.Sentiment, wanted.Confidence, wanted.Direction, wanted.Reasoning, wanted.Signals);

    private static SqlStatement Delete(long id)
    {
        const string Sql = "DELETE FROM scheduled_job_results WHERE id = @Id";

        return new(Sql, [SqlParameter.Number("@Id", id)]);
    }
}
