using NodaTime;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Worktime.SignIn;

internal sealed class SqlTokenFamilies(WorktimeDatabase database) : ITokenFamilies
{
    public Task AddAsync(TokenFamily family, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO token_families (id, user_id, current_jti, previous_jti, issued_at, created_at, expires_at)
            VALUES (@Id, @DeveloperId, @CurrentToken, @PreviousToken, @IssuedAt, @IssuedAt, @ExpiresAt)
            """;

        return database.ExecuteAsync(
            Sql,
            new FamilyRow(
                family.Id, family.DeveloperId, family.CurrentToken, family.PreviousToken, family.IssuedAt.ToUnixTimeSeconds(), family.ExpiresAt.ToUnixTimeSeconds()),
            cancellationToken);
    }

    public async Task<TokenFamily?> FindAsync(string id, Instant now, CancellationToken cancellationToken)
    {
        // Every request of a developer asks this.
        const string Sql = """
            SELECT user_id, current_jti, previous_jti, issued_at, expires_at FROM token_families
            WHERE id = @Id AND revoked_at IS NULL AND expires_at > @Now
            """;

        SqlParameter[] parameters = [SqlParameter.Text("@Id", id), SqlParameter.Number("@Now", now.ToUnixTimeSeconds())];
        var rows = await database.ReadAsync(
            Sql,
            parameters,
            row => new FamilyRow(id, row.GetInt64(0), row.GetString(1), row.GetNullableString(2), row.GetInt64(3), row.GetInt64(4)),
            cancellationToken);
        return rows is [var found] ? found.ToFamily() : null;
    }

    public async Task<TokenFamily?> TryRotateAsync(string id, string token, string next, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE token_families SET previous_jti = current_jti, current_jti = @Next, issued_at = @Now
            WHERE id = @Id AND current_jti = @Token AND revoked_at IS NULL AND expires_at > @Now
            RETURNING id AS Id, user_id AS DeveloperId, current_jti AS CurrentToken, previous_jti AS PreviousToken, issued_at AS IssuedAt, expires_at AS ExpiresAt
            """;

        var parameters = new { Id = id, Token = token, Next = next, Now = now.ToUnixTimeSeconds() };
        return (await database.ExecuteReturningAsync<FamilyRow>(Sql, parameters, cancellationToken))?.ToFamily();
    }

    public async Task<bool> RevokeAsync(string id, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE token_families SET revoked_at = @Now WHERE id = @Id AND revoked_at IS NULL";

        return await database.ExecuteAsync(Sql, new { Id = id, Now = now.ToUnixTimeSeconds() }, cancellationToken) == 1;
    }

    public async Task<bool> HasAnyAsync(long developer, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT COUNT(*) FROM token_families WHERE user_id = @Developer AND expires_at > @Now AND revoked_at IS NULL
            """;

        return await database.FindAsync<long>(Sql, new { Developer = developer, Now = now.ToUnixTimeSeconds() }, cancellationToken) > 0;
    }

    private sealed record FamilyRow(string Id, long DeveloperId, string CurrentToken, string? PreviousToken, long IssuedAt, long ExpiresAt)
    {
        public TokenFamily ToFamily() =>
            new(Id, DeveloperId, CurrentToken, PreviousToken, Instant.FromUnixTimeSeconds(IssuedAt), Instant.FromUnixTimeSeconds(ExpiresAt));
    }
}
