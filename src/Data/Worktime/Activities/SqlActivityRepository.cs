using System.Data.Common;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Activities;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Data.Sql;
using TraderHub.Data.Worktime.Sessions;

namespace TraderHub.Data.Worktime.Activities;

internal sealed class SqlActivityRepository(WorktimeDatabase database, TimeProvider clock) : IActivityRepository
{
    /// <summary>After the last instant that a text can be.</summary>
    private const string AfterLast = "9999-12-32";

    private const string Columns = "id, activity_type, repo_owner, repo_name, pr_number, created_at, session_id, metadata, client_id";

    internal const string Filter = """
        WHERE user_id = @Developer
          AND (@Type IS NULL OR activity_type = @Type)
          AND (@Owner IS NULL OR lower(repo_owner) = @Owner)
          AND (@Name IS NULL OR lower(repo_name) = @Name)
          AND (@PrNumber IS NULL OR pr_number = @PrNumber)
        """;

    internal const string Page = $"""
        SELECT {Columns}
        FROM pr_review_activities
        {Filter}
          AND (created_at, id) < (@BeforeTime, @BeforeId)
        ORDER BY created_at DESC, id DESC
        LIMIT @Rows OFFSET @Offset
        """;

    internal const string ByDay = """
        SELECT activity_date,
               COUNT(CASE WHEN activity_type = 'comment' THEN 1 END),
               COUNT(CASE WHEN activity_type = 'approve' THEN 1 END),
               COUNT(CASE WHEN activity_type = 'request_changes' THEN 1 END)
        FROM pr_review_activities
        WHERE user_id = @Developer AND activity_date >= @From AND activity_date < @To
        GROUP BY activity_date
        ORDER BY activity_date DESC
        """;

    public Task<Result<IReadOnlyList<ReviewActivity>>> AddAsync(
        long developer, IReadOnlyList<ReviewActivity> activities, CancellationToken cancellationToken) =>
        database.WriteAsync(sql => AddAsync(sql, developer, activities), cancellationToken);

    public Task<IReadOnlyList<ReviewActivity>> ReadAsync(ActivityQuery query, CancellationToken cancellationToken) => database.ReadAsync(
        Page,
        [
            .. FilterParameters(query),
            SqlParameter.Text("@BeforeTime", query.After?.At.ToIso() ?? AfterLast),
            SqlParameter.Number("@BeforeId", query.After?.Id ?? 0),
            SqlParameter.Number("@Rows", query.Limit + 1),
            SqlParameter.Number("@Offset", query.Offset),
        ],
        Read,
        cancellationToken);

    public async Task<long> CountAsync(ActivityQuery query, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT COUNT(*) FROM pr_review_activities {Filter}";

        return (await database.ReadAsync(Sql, FilterParameters(query), row => row.GetInt64(0), cancellationToken))[0];
    }

    public Task<IReadOnlyList<ActivityDay>> CountByDayAsync(long developer, LocalDate from, LocalDate to, CancellationToken cancellationToken) =>
        database.ReadAsync(
            ByDay,
            [SqlParameter.Number("@Developer", developer), SqlParameter.Text("@From", from.ToIso()), SqlParameter.Text("@To", to.ToIso())],
            row => new ActivityDay(LocalDatePattern.Iso.Parse(row.GetString(0)).GetValueOrThrow(), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancellationToken);

    private async Task<Result<IReadOnlyList<ReviewActivity>>> AddAsync(SqlSession sql, long developer, IReadOnlyList<ReviewActivity> activities)
    {
        const string FindZone = "SELECT timezone_id FROM users WHERE id = @Developer";
        const string FindSession = "SELECT id FROM time_sessions WHERE id = @Id AND user_id = @Developer";

        if (await sql.ReadAsync(FindZone, [SqlParameter.Number("@Developer", developer)], row => row.GetString(0)) is not [var zoneId])
        {
            return SessionErrors.NoDeveloper;
        }

        foreach (var id in activities.Select(activity => activity.SessionId).OfType<long>().Distinct())
        {
            if (await sql.ReadAsync(FindSession, [SqlParameter.Number("@Id", id), SqlParameter.Number("@Developer", developer)], row => row.GetInt64(0)) is [])
            {
                return SessionErrors.NotFound;
            }
        }

        var zone = UserZone.FromId(zoneId) ?? UserZone.Utc;
        var stored = new List<ReviewActivity>();
        foreach (var activity in activities)
        {
            stored.Add(await AddAsync(sql, developer, activity, LocalDay.Containing(activity.CreatedAt, zone).Date));
        }

        return stored;
    }

    private async Task<ReviewActivity> AddAsync(SqlSession sql, long developer, ReviewActivity activity, LocalDate date)
    {
        const string Insert = """
            INSERT INTO pr_review_activities
                (user_id, activity_type, repo_owner, repo_name, pr_number, session_id, metadata, client_id, activity_date, created_at, updated_at)
            VALUES (@Developer, @Type, @RepoOwner, @RepoName, @PrNumber, @SessionId, @Metadata, @ClientId, @Date, @CreatedAt, @Now)
            ON CONFLICT DO NOTHING
            RETURNING id
            """;
        const string Find = $"SELECT {Columns} FROM pr_review_activities WHERE user_id = @Developer AND client_id = @ClientId";

        SqlParameter[] parameters =
        [
            SqlParameter.Number("@Developer", developer),
            SqlParameter.Text("@Type", activity.Type),
            SqlParameter.Text("@RepoOwner", activity.PullRequest.RepoOwner),
            SqlParameter.Text("@RepoName", activity.PullRequest.RepoName),
            SqlParameter.Number("@PrNumber", activity.PullRequest.Number),
            SqlParameter.Number("@SessionId", activity.SessionId),
            SqlParameter.Text("@Metadata", activity.Metadata),
            SqlParameter.Text("@ClientId", activity.ClientId),
            SqlParameter.Text("@Date", date.ToIso()),
            SqlParameter.Text("@CreatedAt", activity.CreatedAt.ToIso()),
            SqlParameter.Text("@Now", clock.GetInstant().ToIso()),
        ];
        return await sql.ReadAsync(Insert, parameters, row => row.GetInt64(0)) is [var id]
            ? activity with { Id = id }
            : (await sql.ReadAsync(Find, [SqlParameter.Number("@Developer", developer), SqlParameter.Text("@ClientId", activity.ClientId)], Read))[0];
    }

    private static SqlParameter[] FilterParameters(ActivityQuery query) =>
    [
        SqlParameter.Number("@Developer", query.Developer),
        SqlParameter.Text("@Type", query.Type),
        .. PullRequestParameters.OfRepo(query.RepoOwner, query.RepoName),
        SqlParameter.Number("@PrNumber", query.PrNumber),
    ];

    private static ReviewActivity Read(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        new PullRequest(row.GetString(2), row.GetString(3), row.GetInt64(4)),
        SessionRow.ReadInstant(row.GetString(5)))
    {
        SessionId = row.GetNullableInt64(6),
        Metadata = row.GetNullableString(7),
        ClientId = row.GetNullableString(8),
    };
}
