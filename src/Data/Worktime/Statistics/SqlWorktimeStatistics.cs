using Microsoft.Extensions.Logging;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Statistics;
using TraderHub.Data.Sql;
using TraderHub.Data.Worktime.Sessions;

namespace TraderHub.Data.Worktime.Statistics;

internal sealed partial class SqlWorktimeStatistics(WorktimeDatabase database, ILogger<SqlWorktimeStatistics> logger) : IWorktimeStatistics
{
    internal const string Days = """
        SELECT repo_owner, repo_name, date, total_duration_seconds, session_count
        FROM daily_stats
        WHERE user_id = @Developer AND date >= @From AND date < @To
        ORDER BY date, repo_owner, repo_name
        """;

    internal const string OfRepo = """
        SELECT COALESCE(SUM(total_duration_seconds), 0), COALESCE(SUM(session_count), 0)
        FROM daily_stats
        WHERE user_id = @Developer AND lower(repo_owner) = @Owner AND lower(repo_name) = @Name
        """;

    internal const string Sessions = """
        SELECT repo_owner, repo_name, pr_number, start_time, end_time, duration_seconds, timezone_id
        FROM time_sessions
        WHERE user_id = @Developer AND status = 'completed' AND end_time >= @From AND start_time < @To
        ORDER BY repo_owner, repo_name, end_time
        """;

    public Task<IReadOnlyList<DayTotal>> ListAsync(long developer, LocalDate from, LocalDate to, CancellationToken cancellationToken) =>
        database.ReadAsync(Days, DayParameters(developer, from, to), ReadDay, cancellationToken);

    public async Task<(long Seconds, long Sessions)> SumRepoAsync(long developer, string owner, string name, CancellationToken cancellationToken)
    {
        SqlParameter[] parameters = [SqlParameter.Number("@Developer", developer), .. PullRequestParameters.OfRepo(owner, name)];
        return (await database.ReadAsync(
            OfRepo, parameters, row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
    }

    public Task<IReadOnlyList<CountedSession>> ListSessionsAsync(long developer, LocalDate from, LocalDate to, CancellationToken cancellationToken) =>
        database.ReadAsync(Sessions, SessionParameters(developer, from, to), ReadSession, cancellationToken);

    public Task<IReadOnlyList<long>> ListDevelopersAsync(long after, int atMost, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT id FROM users WHERE id > @After ORDER BY id LIMIT @AtMost";

        return database.QueryAsync<long>(Sql, new { After = after, AtMost = atMost }, cancellationToken);
    }

    public async Task<IReadOnlyList<DayDifference>> CompareAsync(long developer, CancellationToken cancellationToken)
    {
        var stored = await ListAsync(developer, LocalDate.MinIsoValue, LocalDate.MaxIsoValue, cancellationToken);
        return Compare(stored, await ListSessionsAsync(developer, LocalDate.MinIsoValue, LocalDate.MaxIsoValue, cancellationToken));
    }

    public async Task<IReadOnlyList<DayDifference>> RepairAsync(long developer, CancellationToken cancellationToken)
    {
        var differences = await StoreComputedAsync(developer, cancellationToken);
        if (differences.Count > 0)
        {
            LogRepair(differences.Count, developer);
        }

        return differences;
    }

    private Task<List<DayDifference>> StoreComputedAsync(long developer, CancellationToken cancellationToken) => database.WriteAsync(
        async sql =>
        {
            // Also on PostgreSQL nobody changes this developer's sessions from here on.
            const string Lock = "UPDATE users SET last_active = last_active WHERE id = @Developer";

            await sql.WriteAsync(Lock, [SqlParameter.Number("@Developer", developer)]);
            var stored = await sql.ReadAsync(Days, DayParameters(developer, LocalDate.MinIsoValue, LocalDate.MaxIsoValue), ReadDay);
            var sessions = await sql.ReadAsync(Sessions, SessionParameters(developer, LocalDate.MinIsoValue, LocalDate.MaxIsoValue), ReadSession);
            var differences = Compare(stored, sessions);
            foreach (var difference in differences)
            {
                await DayTotalsSql.SaveAsync(sql, developer, difference.Computed ?? difference.Stored! with { Seconds = 0, Sessions = 0 });
            }

            return differences;
        },
        cancellationToken);

    private static List<DayDifference> Compare(IReadOnlyList<DayTotal> stored, IReadOnlyList<CountedSession> sessions)
    {
        var computed = DayTotal.Of(sessions).ToDictionary(total => (total.RepoOwner, total.RepoName, total.Date));
        var differences = new List<DayDifference>();
        foreach (var total in stored)
        {
            if (!computed.Remove((total.RepoOwner, total.RepoName, total.Date), out var right) || right != total)
            {
                differences.Add(new(total, right));
            }
        }

        differences.AddRange(computed.Values.Select(missing => new DayDifference(null, missing)));
        return differences;
    }

    private static SqlParameter[] DayParameters(long developer, LocalDate from, LocalDate to) =>
        [SqlParameter.Number("@Developer", developer), SqlParameter.Text("@From", from.ToIso()), SqlParameter.Text("@To", to.ToIso())];

    /// <summary>The days as instants, whatever zones they are in. Beyond what a date can be there is nothing to add.</summary>
    private static SqlParameter[] SessionParameters(long developer, LocalDate from, LocalDate to) =>
    [
        SqlParameter.Number("@Developer", developer),
        SqlParameter.Text("@From", from == LocalDate.MinIsoValue ? string.Empty : from.PlusDays(-1).ToIso()),
        SqlParameter.Text("@To", to == LocalDate.MaxIsoValue ? "a" : to.PlusDays(1).ToIso()),
    ];

    private static DayTotal ReadDay(System.Data.Common.DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), LocalDateOf(row.GetString(2)), row.GetInt64(3), row.GetInt64(4));

    private static CountedSession ReadSession(System.Data.Common.DbDataReader row) => DayTotalsSql.Read(row, row.GetString(0), row.GetString(1), first: 2);

    private static LocalDate LocalDateOf(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).GetValueOrThrow();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} day totals of developer {Developer} were not what the sessions come to, and were repaired")]
    private partial void LogRepair(int count, long developer);
}
