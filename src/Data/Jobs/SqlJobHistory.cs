using System.Data.Common;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Jobs;

internal sealed class SqlJobHistory(JobsDatabase database) : IJobHistory
{
    /// <summary>The most executions that a page with filters looks at (rule J5).</summary>
    internal const int MostLookedAt = 10_000;

    /// <summary>In which stretches it does: most pages are full after the first, and pay for no more.</summary>
    private static readonly int[] Stretches = [500, 1_500, MostLookedAt - 2_000];

    private static readonly JobHistoryKey First = new("0000-01-01", string.Empty, 0);

    private static readonly JobHistoryKey AfterLast = new("9999-12-32", string.Empty, 0);

    public async Task<JobPage> ReadAsync(JobHistoryQuery query, CancellationToken cancellationToken)
    {
        var sql = JobHistorySql.For(query, database.Dialect);
        var before = Earlier(StartOf(query.To) ?? AfterLast, query.After ?? AfterLast);
        var last = StartOf(query.From) ?? First;
        if (!JobHistorySql.IsFiltered(query))
        {
            return PageOf(await ReadAsync(sql.Page, query, before, last, cancellationToken), query.Limit, horizon: null);
        }

        var rows = new List<PlacedJob>();
        JobHistoryKey? horizon = before;
        foreach (var stretch in Stretches)
        {
            var start = horizon.Value;
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
        return found.Count == 0 ? null : found[0].Job;
    }

    public async Task<JobRecord?> FindLatestAsync(
        string jobType, string? reportType, LocalDate before, bool withErrors, CancellationToken cancellationToken)
    {
        var query = new JobHistoryQuery { JobType = jobType, ReportType = reportType, Limit = 1, WithErrors = withErrors };
        var found = await ReadAsync(JobHistorySql.For(query, database.Dialect).Page, query, StartOf(before)!.Value, First, cancellationToken);
        return found.Count == 0 ? null : found[0].Job;
    }

    /// <summary>The page of what was found up to a horizon; null is the end of the history.</summary>
    private static JobPage PageOf(List<PlacedJob> rows, int limit, JobHistoryKey? horizon)
    {
        var jobs = rows.Take(limit).Select(row => row.Job).ToList();
        return new(jobs, rows.Count <= limit ? horizon : rows[limit - 1].Place);
    }

    private async Task<JobHistoryKey?> FindHorizonAsync(
        JobHistorySql sql, JobHistoryQuery query, JobHistoryKey before, JobHistoryKey last, int stretch, CancellationToken cancellationToken)
    {
        SqlParameter[] parameters = [.. Common(query, before, last), SqlParameter.Number("@LookedAt", stretch - 1)];
        var found = await database.ReadAsync(
            sql.Horizon, parameters, row => new JobHistoryKey(row.GetString(0), row.GetString(1), row.GetInt64(2)), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private async Task<List<PlacedJob>> ReadAsync(
        string sql, JobHistoryQuery query, JobHistoryKey before, JobHistoryKey last, CancellationToken cancellationToken)
    {
        SqlParameter[] parameters =
        [
            .. Common(query, before, last),
            SqlParameter.Number("@MinDuration", query.MinDurationMs),
            SqlParameter.Text("@Symbol", query.Symbol),
            SqlParameter.Text("@WrittenSymbol", MarketSymbol.TryParse(query.Symbol, out var symbol) ? symbol.Text : query.Symbol),
            SqlParameter.Text("@Text", PatternOf(query.Text)),
            SqlParameter.Number("@WithErrors", query.WithErrors ? 1 : 0),
            SqlParameter.Number("@Rows", query.Limit + 1),
        ];
        return (List<PlacedJob>)await database.ReadAsync(sql, parameters, row => Read(row, query.WithErrors), cancellationToken);
    }

    private static SqlParameter[] Common(JobHistoryQuery query, JobHistoryKey before, JobHistoryKey last) =>
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

    private static PlacedJob Read(DbDataReader row, bool withErrors)
    {
        var (date, time) = (row.GetNullableString(2), row.GetString(5));
        var job = ReadJob(row, date ?? DateOf(time), withErrors);
        return new(job, new(date ?? string.Empty, time, job.Id));
    }

    private static JobRecord ReadJob(DbDataReader row, string date, bool withErrors) => new(
        row.GetInt64(0),
        row.GetString(1),
        date,
        row.GetNullableString(3),
        row.GetString(4),
        InOurForm(row.GetString(5)),
        row.GetNullableString(6) is { } startedAt ? InOurForm(startedAt) : null,
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

    private static string InOurForm(string time) => StoredTimes.Parse(time)?.ToIso() ?? time;

    /// <summary>The business date of what another system has stored without one since the table was adopted.</summary>
    private static string DateOf(string time) => StoredTimes.Parse(time) is { } executedAt ? BusinessDate.Of(executedAt).ToIso() : string.Empty;

    private static JobHistoryKey? StartOf(LocalDate? date) => date is { } day ? new(day.ToIso(), string.Empty, 0) : null;

    private static JobHistoryKey Earlier(JobHistoryKey one, JobHistoryKey other) => one.IsBefore(other) ? one : other;

    private readonly record struct PlacedJob(JobRecord Job, JobHistoryKey Place);
}
