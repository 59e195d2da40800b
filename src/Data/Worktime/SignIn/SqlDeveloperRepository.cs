using NodaTime;
using TraderHub.Core.Worktime.SignIn;

namespace TraderHub.Data.Worktime.SignIn;

internal sealed class SqlDeveloperRepository(WorktimeDatabase database) : IDeveloperRepository
{
    public async Task<Developer> SaveAsync(GitHubProfile profile, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO users (github_user_id, github_username, email, avatar_url, created_at, last_active)
            VALUES (@UserId, @Username, @Email, @AvatarUrl, @Now, @Now)
            ON CONFLICT (github_user_id) DO UPDATE
            SET github_username = excluded.github_username, email = excluded.email, avatar_url = excluded.avatar_url, last_active = excluded.last_active
            RETURNING id
            """;

        var row = new { profile.UserId, profile.Username, profile.Email, profile.AvatarUrl, Now = now };
        var id = await database.ExecuteReturningAsync<long>(Sql, row, cancellationToken);
        return new(id, profile.UserId, profile.Username, profile.Email, profile.AvatarUrl);
    }

    public Task<Developer?> FindAsync(long id, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT id AS Id, github_user_id AS GitHubUserId, github_username AS Username, email AS Email, avatar_url AS AvatarUrl FROM users WHERE id = @Id
            """;

        return database.FindAsync<Developer>(Sql, new { Id = id }, cancellationToken);
    }
}
