using TraderHub.Core.Worktime.Sessions;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Worktime.Sessions;

/// <summary>
/// Reads what a rule decides by. The developer's row is written first: on PostgreSQL that makes the changes of one developer wait for each other, so that
/// each sees what the one before it has left.
/// </summary>
internal static class SituationSql
{
    private const string Developer = "developer";

    private const string Known = "known";

    private const string Alias = "alias";

    private const string Active = "active";

    private const string Begin = """
        UPDATE users SET last_active = @Now WHERE id = @Developer;
        SELECT 'developer' AS role, 0 AS id, '' AS repo_owner, '' AS repo_name, 0 AS pr_number, '' AS start_time, NULL AS end_time, NULL AS duration_seconds,
               '' AS status, '' AS created_at, '' AS last_seen_at, 0 AS away_seconds, timezone_id, 0 AS start_derived, NULL AS client_id
        FROM users WHERE id = @Developer
        """;

    private const string Qualified = """
        session.id, session.repo_owner, session.repo_name, session.pr_number, session.start_time, session.end_time, session.duration_seconds, session.status,
        session.created_at, session.last_seen_at, session.away_seconds, session.timezone_id, session.start_derived, session.client_id
        """;

    internal const string ById = $"""
        {Begin}
        UNION ALL
        SELECT 'known', {SessionRow.Columns} FROM time_sessions WHERE id = @Id AND user_id = @Developer
        UNION ALL
        SELECT 'active', {Qualified}
        FROM time_sessions AS known
        JOIN time_sessions AS session
          ON session.user_id = known.user_id AND lower(session.repo_owner) = lower(known.repo_owner)
         AND lower(session.repo_name) = lower(known.repo_name) AND session.pr_number = known.pr_number AND session.status = 'active'
        WHERE known.id = @Id AND known.user_id = @Developer AND known.status = 'abandoned'
        """;

    internal const string ByClient = $"""
        {Begin}
        UNION ALL
        SELECT 'known', {SessionRow.Columns} FROM time_sessions WHERE user_id = @Developer AND client_id = @ClientId
        UNION ALL
        SELECT 'alias', {Qualified}
        FROM session_aliases AS alias LEFT JOIN time_sessions AS session ON session.id = alias.session_id
        WHERE alias.user_id = @Developer AND alias.client_id = @ClientId
        UNION ALL
        SELECT 'active', {SessionRow.Columns}
        FROM time_sessions
        WHERE user_id = @Developer AND lower(repo_owner) = @Owner AND lower(repo_name) = @Name AND pr_number = @PrNumber AND status = 'active'
        """;

    /// <summary>The situation; null when the developer is gone.</summary>
    public static async Task<SessionSituation?> ReadAsync(SqlSession sql, long developer, SessionKey key, string now)
    {
        var rows = key.Id is { } id
            ? await sql.ReadAsync(
                ById, [SqlParameter.Text("@Now", now), SqlParameter.Number("@Developer", developer), SqlParameter.Number("@Id", id)], Read)
            : await sql.ReadAsync(ByClient, ClientParameters(developer, key, now), Read);
        string? zone = null;
        TimeSession? known = null;
        TimeSession? active = null;
        var isDeleted = false;
        foreach (var (role, session, zoneId) in rows)
        {
            zone = role == Developer ? zoneId : zone;
            known = role is Known or Alias ? session : known;
            active = role == Active ? session : active;
            isDeleted |= role == Alias && session is null;
        }

        return zone is null ? null : new(known, active?.Id == known?.Id ? null : active, isDeleted, zone);
    }

    private static SqlParameter[] ClientParameters(long developer, SessionKey key, string now) =>
    [
        SqlParameter.Text("@Now", now),
        SqlParameter.Number("@Developer", developer),
        SqlParameter.Text("@ClientId", key.ClientId),
        .. PullRequestParameters.Of(key.PullRequest!),
    ];

    private static (string Role, TimeSession? Session, string? ZoneId) Read(System.Data.Common.DbDataReader row) => row.GetString(0) switch
    {
        Developer => (Developer, null, row.GetString(12)),
        var role => (role, row.IsDBNull(1) ? null : SessionRow.Read(row, 1), null),
    };
}
