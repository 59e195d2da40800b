using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Worktime.Sessions;

internal sealed class SqlTimeSessionHistory(WorktimeDatabase database) : ITimeSessionHistory
{
    /// <summary>After the last instant that a text can be.</summary>
    private const string AfterLast = "9999-12-32";

    internal const string Filter = """
        WHERE user_id = @Developer
          AND (@Status IS NULL OR status = @Status)
          AND (@Owner IS NULL OR (lower(repo_owner) = @Owner AND lower(repo_name) = @Name))
          AND (@From IS NULL OR end_time IS NULL
            OR end_time > COALESCE(@FromByZone ->> timezone_id, @From) OR start_time >= COALESCE(@FromByZone ->> timezone_id, @From))
          AND (@To IS NULL OR start_time < COALESCE(@ToByZone ->> timezone_id, @To))
        """;

    internal const string Page = $"""
        SELECT {SessionRow.Columns}
        FROM time_sessions
        {Filter}
          AND (created_at, id) < (@BeforeTime, @BeforeId)
        ORDER BY created_at DESC, id DESC
        LIMIT @Rows OFFSET @Offset
        """;

    internal const string Zones = """
        SELECT timezone_id FROM users WHERE id = @Developer
        UNION
        SELECT timezone_id FROM time_sessions WHERE user_id = @Developer
        """;

    internal const string OnPullRequest = """
        SELECT user_id, id
        FROM time_sessions
        WHERE lower(repo_owner) = @Owner AND lower(repo_name) = @Name AND pr_number = @PrNumber AND status = 'active' AND start_time <= @StartedBy
          AND NOT EXISTS (
            SELECT 1 FROM session_audit AS audit
            WHERE audit.user_id = time_sessions.user_id
              AND audit.session_id = time_sessions.id
              AND audit.action = 'resumed'
              AND audit.created_at > @StartedBy)
        ORDER BY user_id, id
        """;

    public async Task<TimeSession?> FindAsync(long developer, long id, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {SessionRow.Columns} FROM time_sessions WHERE id = @Id AND user_id = @Developer";

        SqlParameter[] parameters = [SqlParameter.Number("@Id", id), SqlParameter.Number("@Developer", developer)];
        return await database.ReadAsync(Sql, parameters, row => SessionRow.Read(row, 0), cancellationToken) is [var found] ? found : null;
    }

    public Task<IReadOnlyList<TimeSession>> ReadAsync(SessionQuery query, CancellationToken cancellationToken) => database.ReadAsync(
        Page,
        [
            .. FilterParameters(query),
            SqlParameter.Text("@BeforeTime", query.After?.At.ToIso() ?? AfterLast),
            SqlParameter.Number("@BeforeId", query.After?.Id ?? 0),
            SqlParameter.Number("@Rows", query.Limit + 1),
            SqlParameter.Number("@Offset", query.Offset),
        ],
        row => SessionRow.Read(row, 0),
        cancellationToken);

    public Task<IReadOnlyList<string>> ListZonesAsync(long developer, CancellationToken cancellationToken) =>
        database.ReadAsync(Zones, [SqlParameter.Number("@Developer", developer)], row => row.GetString(0), cancellationToken);

    public async Task<long> CountAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT COUNT(*) FROM time_sessions {Filter}";

        return (await database.ReadAsync(Sql, FilterParameters(query), row => row.GetInt64(0), cancellationToken))[0];
    }

    public Task<IReadOnlyList<ActiveSession>> ListActiveAsync(
        PullRequest pullRequest, Instant startedBy, CancellationToken cancellationToken) => database.ReadAsync(
        OnPullRequest,
        [.. PullRequestParameters.Of(pullRequest), SqlParameter.Text("@StartedBy", startedBy.ToIso())],
        row => new ActiveSession(row.GetInt64(0), row.GetInt64(1)), cancellationToken);

    private static SqlParameter[] FilterParameters(SessionQuery query) =>
    [
        SqlParameter.Number("@Developer", query.Developer),
        SqlParameter.Text("@Status", query.Status?.ToText()),
        .. PullRequestParameters.OfRepo(query.Repo?.Owner, query.Repo?.Name),
        SqlParameter.Text("@From", query.From?.Instant.ToIso()),
        SqlParameter.Json("@FromByZone", TextsByZone(query.From)),
        SqlParameter.Text("@To", query.To?.Instant.ToIso()),
        SqlParameter.Json("@ToByZone", TextsByZone(query.To)),
    ];

    private static IEnumerable<KeyValuePair<string, string>>? TextsByZone(SessionBound? bound) =>
        bound?.ByZone?.Select(zone => KeyValuePair.Create(zone.Key, zone.Value.ToIso()));
}
