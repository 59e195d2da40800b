using System.Data.Common;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Statistics;
using TraderHub.Data.Sql;
using TraderHub.Data.Worktime.Sessions;

namespace TraderHub.Data.Worktime.Statistics;

/// <summary>Keeps the day totals what the sessions come to, in the transaction of the change (rule V2).</summary>
internal static class DayTotalsSql
{
    internal const string SessionsOfDays = """
        SELECT pr_number, start_time, end_time, duration_seconds, timezone_id
        FROM time_sessions
        WHERE user_id = @Developer AND repo_owner = @RepoOwner AND repo_name = @RepoName AND status = 'completed'
          AND end_time >= @From AND start_time < @To
        """;

    /// <summary>Works out anew the days that a session is counted on, before a change of it and after.</summary>
    public static async Task FollowAsync(SqlSession sql, long developer, CountedSession? before, CountedSession? after)
    {
        if (before == after)
        {
            return;
        }

        var pullRequest = (after ?? before)!.Value.PullRequest;
        var dates = new SortedSet<LocalDate>([.. DatesOf(before), .. DatesOf(after)]);

        // A date has begun everywhere when it has ended nowhere yet: half a day before UTC's and half a day after, and some more.
        SqlParameter[] parameters =
        [
            SqlParameter.Number("@Developer", developer),
            SqlParameter.Text("@RepoOwner", pullRequest.RepoOwner),
            SqlParameter.Text("@RepoName", pullRequest.RepoName),
            SqlParameter.Text("@From", dates.Min.PlusDays(-1).AtMidnight().InUtc().ToInstant().ToIso()),
            SqlParameter.Text("@To", dates.Max.PlusDays(2).AtMidnight().InUtc().ToInstant().ToIso()),
        ];
        var sessions = await sql.ReadAsync(SessionsOfDays, parameters, row => Read(row, pullRequest.RepoOwner, pullRequest.RepoName, first: 0));
        var totals = DayTotal.Of(sessions).ToDictionary(total => total.Date);
        foreach (var date in dates)
        {
            await SaveAsync(
                sql, developer, totals.GetValueOrDefault(date) ?? new(pullRequest.RepoOwner, pullRequest.RepoName, date, 0, 0));
        }
    }

    /// <summary>Stores a day's total; a day without sessions has none.</summary>
    public static Task<int> SaveAsync(SqlSession sql, long developer, DayTotal total)
    {
        const string Save = """
            INSERT INTO daily_stats (user_id, repo_owner, repo_name, date, total_duration_seconds, session_count, avg_session_seconds)
            VALUES (@Developer, @RepoOwner, @RepoName, @Date, @Seconds, @Sessions, @Average)
            ON CONFLICT (user_id, repo_owner, repo_name, date) DO UPDATE
            SET total_duration_seconds = excluded.total_duration_seconds, session_count = excluded.session_count,
                avg_session_seconds = excluded.avg_session_seconds
            """;
        const string Remove = """
            DELETE FROM daily_stats WHERE user_id = @Developer AND repo_owner = @RepoOwner AND repo_name = @RepoName AND date = @Date
            """;

        SqlParameter[] day =
        [
            SqlParameter.Number("@Developer", developer),
            SqlParameter.Text("@RepoOwner", total.RepoOwner),
            SqlParameter.Text("@RepoName", total.RepoName),
            SqlParameter.Text("@Date", total.Date.ToIso()),
        ];
        return total is { Seconds: 0, Sessions: 0 }
            ? sql.WriteAsync(Remove, day)
            : sql.WriteAsync(
                Save,
                [
                    .. day,
                    SqlParameter.Number("@Seconds", total.Seconds),
                    SqlParameter.Number("@Sessions", total.Sessions),
                    SqlParameter.Number("@Average", total.AverageSeconds),
                ]);
    }

    /// <summary>A session whose number, times, duration and zone begin at a column.</summary>
    public static CountedSession Read(DbDataReader row, string repoOwner, string repoName, int first) => new(
        new PullRequest(repoOwner, repoName, row.GetInt64(first)),
        SessionRow.ReadInstant(row.GetString(first + 1)),
        SessionRow.ReadInstant(row.GetString(first + 2)),
        row.GetInt64(first + 3),
        row.GetString(first + 4));

    private static IEnumerable<LocalDate> DatesOf(CountedSession? session) => session?.Shares.Select(share => share.Date) ?? [];
}
