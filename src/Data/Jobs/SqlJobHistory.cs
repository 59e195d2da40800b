using System.Data.Common;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Jobs;

internal sealed class SqlJobHistory(JobsDatabase database) : IJobHistory
{
    /// <summary>The most executions that a page with filters looks at (rule J5).</summary>
    internal const int MostLookedAt = 10_000;

    /// <summary>In which stretches it does: most pages are full after the first, and pay for no more.</summary>
    private static readonly int[] Stretches = [500, 1_500, MostLookedAt - 2_000];

    private static readonly JobHistoryPlace First = new("0000-01-01", string.Empty, 0);

    private static readonly JobHistoryPlace AfterLast = new("9999-12-32", string.Empty, 0);

    public async Task<JobPage> ReadAsync(JobHistoryQuery query, CancellationToken cancellationToken)
    {
        var sql = JobHistorySql.For(query, database.Dialect);
        var before = Earlier(StartOf(query.To) ?? AfterLast, JobHistoryPlace.Of(query.After) ?? AfterLast);
        var last = StartOf(query.From) ?? First;
        if (!JobHistorySql.IsFiltered(query))
        {
            return PageOf(await ReadAsync(sql.Page, query, before, last, cancellationToken), query.Limit, horizon: null);
        }

        var rows = new List<JobRecord>();
        var horizon = before;
        foreach (var stretch in Stretches)
        {
            var start = horizon;
            horizon = await FindHorizonAsync(sql, query, start, last, stretch, cancellationToken);
            var rest = query with { Limit = query.Limit - rows.Count };
            rows.AddRange(await ReadAsync(sql.Page, rest, start, horizon ?? last, cancellationToken));
            if (horizon is null || rows.Count > query.Limit)
            {
                break;
            }
        }

        return PageOf(rows, query.Limit, horizon);
    }

    public async Task<JobRecord?> FindAsync(long id, bool withErrors, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(JobHistorySql.ById, [SqlParameter.Number("@Id", id)], row => Read(row, withErrors), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<JobRecord?> FindLatestAsync(string jobType, string? reportType, bool withErrors, CancellationToken cancellationToken)
    {
        var query = new JobHistoryQuery { JobType = jobType, ReportType = reportType, Limit = 1, WithErrors = withErrors };
        var found = await ReadAsync(JobHistorySql.For(query, database.Dialect).Page, query, AfterLast, First, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The page of what was found up to a horizon; null is the end of the history.</summary>
    private static JobPage PageOf(List<JobRecord> rows, int limit, JobHistoryPlace? horizon)
    {
        if (rows.Count <= limit)
        {
            return new(rows, horizon?.ToKey());
        }

        rows.RemoveRange(limit, rows.Count - limit);
        return new(rows, JobHistoryPlace.Of(rows[^1]).ToKey());
    }

    private async Task<JobHistoryPlace?> FindHorizonAsync(
        JobHistorySql sql, JobHistoryQuery query, JobHistoryPlace before, JobHistoryPlace last, int stretch, CancellationToken cancellationToken)
    {
        SqlParameter[] parameters = [.. Common(query, before, last), SqlParameter.Number("@LookedAt", stretch - 1)];
        var found = await database.ReadAsync(
            sql.Horizon, parameters, row => new JobHistoryPlace(row.GetString(0), row.GetString(1), row.GetInt64(2)), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private async Task<List<JobRecord>> ReadAsync(
        string sql, JobHistoryQuery query, JobHistoryPlace before, JobHistoryPlace last, CancellationToken cancellationToken)
    {
        SqlParameter[] parameters =
        [
            .. Common(query, before, last),
            SqlParameter.Number("@MinDuration", query.MinDurationMs),
            SqlParameter.Text("@Symbol", query.Symbol),
            SqlParameter.Text("@Text", PatternOf(query.Text)),
            SqlParameter.Number("@WithErrors", query.WithErrors ? 1 : 0),
            SqlParameter.Number("@Rows", query.Limit + 1),
        ];
        return (List<JobRecord>)await database.ReadAsync(sql, parameters, row => Read(row, query.WithErrors), cancellationToken);
    }

    private static SqlParameter[] Common(JobHistoryQuery query, JobHistoryPlace before, JobHistoryPlace last) =>
    [
        SqlParameter.Text("@JobType", query.JobType),
        SqlParameter.Text("@ReportType", query.ReportType),
        SqlParameter.Text("@Status", query.Status?.ToText()),
        SqlParameter.Text("@BeforeDate", before.Date),
        SqlParameter.Text("@BeforeTime", before.Time),
        SqlParameter.Number("@BeforeId", before.Id),
        SqlParameter.Text("@LastDate", last.Date),
        SqlParameter.Text("@LastTime", last.Time),
        SqlParameter.Number("@LastId", last.Id),
    ];

    private static JobRecord Read(DbDataReader row, bool withErrors) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        row.GetNullableString(3),
        row.GetString(4),
        row.GetString(5),
        row.GetNullableString(6),
        row.GetNullableInt64(7),
        row.GetNullableInt64(8),
        row.GetNullableInt64(9),
        row.GetNullableInt64(10),
        row.GetNullableInt64(11),
        row.GetNullableDouble(12),
        withErrors ? new JsonText(row.GetNullableString(13) ?? "[]") : null,
        JsonText.From(row.GetNullableString(14)),
        row.GetNullableString(15),
        row.GetNullableString(16));

    /// <summary>A text anywhere in another; what LIKE would take for a pattern is meant as it stands.</summary>
    private static string? PatternOf(string? text) => text is null
        ? null
        : $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private static JobHistoryPlace? StartOf(LocalDate? date) => date is { } day ? new(day.ToIso(), string.Empty, 0) : null;

    private static JobHistoryPlace Earlier(JobHistoryPlace one, JobHistoryPlace other) => one.CompareTo(other) < 0 ? one : other;
}
