using System.Data.Common;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Worktime.Sessions;

/// <summary>How a session stands in its row.</summary>
internal static class SessionRow
{
    public const string Columns =
        "id, repo_owner, repo_name, pr_number, start_time, end_time, duration_seconds, status, created_at, last_seen_at, away_seconds, timezone_id, start_derived, client_id";

    /// <summary>The session whose columns begin at one of a row.</summary>
    public static TimeSession Read(DbDataReader row, int first)
    {
        var pullRequest = new PullRequest(row.GetString(first + 1), row.GetString(first + 2), row.GetInt64(first + 3));
        return new(row.GetInt64(first), pullRequest, ReadInstant(row.GetString(first + 4)), SessionStatuses.Parse(row.GetString(first + 7)) ?? SessionStatus.Abandoned)
        {
            EndTime = row.GetNullableString(first + 5) is { } end ? ReadInstant(end) : null,
            DurationSeconds = row.GetNullableInt64(first + 6),
            CreatedAt = ReadInstant(row.GetString(first + 8)),
            LastSeenAt = ReadInstant(row.GetString(first + 9)),
            AwaySeconds = row.GetInt64(first + 10),
            ZoneId = row.GetString(first + 11),
            IsStartDerived = row.GetInt64(first + 12) != 0,
            ClientId = row.GetNullableString(first + 13),
        };
    }

    /// <summary>The parameters that every statement which stores a session has.</summary>
    public static SqlParameter[] Parameters(long developer, TimeSession session) =>
    [
        SqlParameter.Number("@Developer", developer),
        SqlParameter.Number("@Id", session.Id),
        SqlParameter.Text("@RepoOwner", session.PullRequest.RepoOwner),
        SqlParameter.Text("@RepoName", session.PullRequest.RepoName),
        SqlParameter.Number("@PrNumber", session.PullRequest.Number),
        SqlParameter.Text("@StartTime", session.StartTime.ToIso()),
        SqlParameter.Text("@EndTime", session.EndTime?.ToIso()),
        SqlParameter.Number("@DurationSeconds", session.DurationSeconds),
        SqlParameter.Text("@Status", session.Status.ToText()),
        SqlParameter.Text("@CreatedAt", session.CreatedAt.ToIso()),
        SqlParameter.Text("@LastSeenAt", session.LastSeenAt.ToIso()),
        SqlParameter.Number("@AwaySeconds", session.AwaySeconds),
        SqlParameter.Text("@ZoneId", session.ZoneId),
        SqlParameter.Number("@StartDerived", session.IsStartDerived ? 1 : 0),
        SqlParameter.Text("@ClientId", session.ClientId),
    ];

    public static Instant ReadInstant(string text) => StoredTimes.Read(text);
}
