using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Core.Worktime.Statistics;
using TraderHub.Data.Sql;
using TraderHub.Data.Worktime.Statistics;

namespace TraderHub.Data.Worktime.Sessions;

internal sealed class SqlTimeSessionRepository(WorktimeDatabase database, TimeProvider clock) : ITimeSessionRepository
{
    internal const string Abandon =
        "UPDATE time_sessions SET status = 'abandoned', end_time = last_seen_at WHERE status = 'active' AND last_seen_at <= @LastSeenBy";

    public Task<TimeSession?> TryStartAsync(long developer, TimeSession session, CancellationToken cancellationToken)
    {
        // Most starts are this one statement: whatever is in the way keeps it from writing, and then somebody looks at what it was.
        const string Sql = """
            INSERT INTO time_sessions (user_id, repo_owner, repo_name, pr_number, start_time, status, created_at, last_seen_at, client_id)
            SELECT id, @RepoOwner, @RepoName, @PrNumber, @StartTime, 'active', @CreatedAt, @LastSeenAt, @ClientId
            FROM users
            WHERE id = @Developer AND NOT EXISTS (SELECT 1 FROM session_aliases WHERE user_id = @Developer AND client_id = @ClientId)
            ON CONFLICT DO NOTHING
            RETURNING id
            """;

        SqlParameter[] parameters =
        [
            SqlParameter.Number("@Developer", developer),
            SqlParameter.Text("@RepoOwner", session.PullRequest.RepoOwner),
            SqlParameter.Text("@RepoName", session.PullRequest.RepoName),
            SqlParameter.Number("@PrNumber", session.PullRequest.Number),
            SqlParameter.Text("@StartTime", session.StartTime.ToIso()),
            SqlParameter.Text("@CreatedAt", session.CreatedAt.ToIso()),
            SqlParameter.Text("@LastSeenAt", session.LastSeenAt.ToIso()),
            SqlParameter.Text("@ClientId", session.ClientId),
        ];
        return database.WriteAsync(
            async sql => await sql.ReadAsync(Sql, parameters, row => row.GetInt64(0)) is [var id] ? session with { Id = id } : null, cancellationToken);
    }

    public async Task<Result<StoredSession>> ChangeAsync(long developer, SessionKey key, SessionRule rule, CancellationToken cancellationToken)
    {
        // A start that is not kept waiting may come between the looking and the storing; then what it left is looked at. So this ends.
        while (true)
        {
            if (await database.WriteAsync(sql => TryChangeAsync(sql, developer, key, rule), cancellationToken) is { } done)
            {
                return done;
            }
        }
    }

    public async Task<bool> TrySeeAsync(long developer, long id, Instant at, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE time_sessions SET last_seen_at = @At WHERE id = @Id AND user_id = @Developer AND status = 'active'";

        SqlParameter[] parameters = [SqlParameter.Text("@At", at.ToIso()), SqlParameter.Number("@Id", id), SqlParameter.Number("@Developer", developer)];
        return await database.WriteAsync(sql => sql.WriteAsync(Sql, parameters), cancellationToken) == 1;
    }

    public Task<bool> TryDeleteAsync(long developer, long id, CancellationToken cancellationToken)
    {
        const string Delete = "DELETE FROM time_sessions WHERE id = @Id AND user_id = @Developer";

        var now = clock.GetInstant().ToIso();
        return database.WriteAsync(
            async sql =>
            {
                if (await SituationSql.ReadAsync(sql, developer, SessionKey.Of(id), now) is not { Known: { } session })
                {
                    return false;
                }

                await SessionAuditSql.AddAsync(sql, developer, session, null, SessionAudit.Deleted, now);
                if (session.ClientId is { } clientId)
                {
                    await AddAliasAsync(sql, developer, clientId, null, now);
                }

                await sql.WriteAsync(Delete, [SqlParameter.Number("@Id", id), SqlParameter.Number("@Developer", developer)]);
                await DayTotalsSql.FollowAsync(sql, developer, CountedSession.Of(session), null);
                return true;
            },
            cancellationToken);
    }

    public Task<int> AbandonAsync(Instant lastSeenBy, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Abandon, new { LastSeenBy = lastSeenBy }, cancellationToken);

    /// <summary>What became of a change; null when something came between.</summary>
    private async Task<Result<StoredSession>?> TryChangeAsync(SqlSession sql, long developer, SessionKey key, SessionRule rule)
    {
        var now = clock.GetInstant().ToIso();
        if (await SituationSql.ReadAsync(sql, developer, key, now) is not { } situation)
        {
            return SessionErrors.NoDeveloper;
        }

        var decided = rule(situation);
        if (decided.Error is { } refusal)
        {
            return refusal;
        }

        var session = decided.Value.Session;
        if (session.Id == 0)
        {
            return Stored(await TryAddAsync(sql, developer, session), isNew: true);
        }

        if (situation.Known is not { } known)
        {
            // Another session stands for it, and so does the client's name from now on.
            var isNamed = key.ClientId is null || await AddAliasAsync(sql, developer, key.ClientId, session.Id, now) == 1;
            return Stored(isNamed ? session : null, isNew: false);
        }

        if (session != known)
        {
            await UpdateAsync(sql, developer, session);
            await DayTotalsSql.FollowAsync(sql, developer, CountedSession.Of(known), CountedSession.Of(session));
            if (decided.Value.Audit is { } action)
            {
                await SessionAuditSql.AddAsync(sql, developer, known, session, action, now);
            }
        }

        return Stored(session, isNew: false);
    }

    private static Result<StoredSession>? Stored(TimeSession? session, bool isNew)
    {
        if (session is null)
        {
            return null;
        }

        return new StoredSession(session, isNew);
    }

    private static async Task<TimeSession?> TryAddAsync(SqlSession sql, long developer, TimeSession session)
    {
        const string Sql = """
            INSERT INTO time_sessions
                (user_id, repo_owner, repo_name, pr_number, start_time, end_time, duration_seconds, status, created_at, last_seen_at, away_seconds, timezone_id,
                 start_derived, client_id)
            VALUES
                (@Developer, @RepoOwner, @RepoName, @PrNumber, @StartTime, @EndTime, @DurationSeconds, @Status, @CreatedAt, @LastSeenAt, @AwaySeconds, @ZoneId,
                 @StartDerived, @ClientId)
            ON CONFLICT DO NOTHING
            RETURNING id
            """;

        if (await sql.ReadAsync(Sql, SessionRow.Parameters(developer, session), row => row.GetInt64(0)) is not [var id])
        {
            return null;
        }

        await DayTotalsSql.FollowAsync(sql, developer, null, CountedSession.Of(session));
        return session with { Id = id };
    }

    private static Task<int> UpdateAsync(SqlSession sql, long developer, TimeSession session)
    {
        const string Sql = """
            UPDATE time_sessions
            SET start_time = @StartTime, end_time = @EndTime, duration_seconds = @DurationSeconds, status = @Status, last_seen_at = @LastSeenAt,
                away_seconds = @AwaySeconds, timezone_id = @ZoneId, start_derived = @StartDerived
            WHERE id = @Id AND user_id = @Developer
            """;

        return sql.WriteAsync(Sql, SessionRow.Parameters(developer, session));
    }

    private static Task<int> AddAliasAsync(SqlSession sql, long developer, string clientId, long? id, string now)
    {
        const string Sql = """
            INSERT INTO session_aliases (user_id, client_id, session_id, created_at)
            VALUES (@Developer, @ClientId, @Id, @Now)
            ON CONFLICT DO NOTHING
            """;

        return sql.WriteAsync(
            Sql,
            [SqlParameter.Number("@Developer", developer), SqlParameter.Text("@ClientId", clientId), SqlParameter.Number("@Id", id), SqlParameter.Text("@Now", now)]);
    }
}
