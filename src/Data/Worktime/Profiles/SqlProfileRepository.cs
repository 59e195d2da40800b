using TraderHub.Core.Worktime.Profiles;

namespace TraderHub.Data.Worktime.Profiles;

internal sealed class SqlProfileRepository(WorktimeDatabase database) : IProfileRepository
{
    private const string Columns =
        "id AS Id, github_username AS GithubUsername, avatar_url AS GithubAvatarUrl, email AS Email, timezone_id AS TimezoneId";

    public Task<DeveloperProfile?> FindAsync(long developer, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {Columns} FROM users WHERE id = @Developer";

        return database.FindAsync<DeveloperProfile>(Sql, new { Developer = developer }, cancellationToken);
    }

    public Task<DeveloperProfile?> SetTimezoneAsync(long developer, string timezoneId, CancellationToken cancellationToken)
    {
        const string Sql = $"UPDATE users SET timezone_id = @TimezoneId WHERE id = @Developer RETURNING {Columns}";

        return database.ExecuteReturningAsync<DeveloperProfile>(Sql, new { Developer = developer, TimezoneId = timezoneId }, cancellationToken);
    }
}
