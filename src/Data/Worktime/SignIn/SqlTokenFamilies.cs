using NodaTime;
using TraderHub.Core.Worktime.SignIn;

namespace TraderHub.Data.Worktime.SignIn;

internal sealed class SqlTokenFamilies(WorktimeDatabase database) : ITokenFamilies
{
    private const string Columns =
        "id AS Id, user_id AS DeveloperId, current_jti AS CurrentToken, previous_jti AS PreviousToken, issued_at AS IssuedAt, expires_at AS ExpiresAt";

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
        const string Sql = $"SELECT {Columns} FROM token_families WHERE id = @Id AND revoked_at IS NULL AND expires_at > @Now";

        return Read(await database.FindAsync<FamilyRow>(Sql, new { Id = id, Now = now.ToUnixTimeSeconds() }, cancellationToken));
    }

    public async Task<TokenFamily?> TryRotateAsync(string id, string token, string next, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            UPDATE token_families SET previous_jti = current_jti, current_jti = @Next, issued_at = @Now
            WHERE id = @Id AND current_jti = @Token AND revoked_at IS NULL AND expires_at > @Now
            RETURNING {Columns}
            """;

        var parameters = new { Id = id, Token = token, Next = next, Now = now.ToUnixTimeSeconds() };
        return Read(await database.ExecuteReturningAsync<FamilyRow>(Sql, parameters, cancellationToken));
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

    private static TokenFamily? Read(FamilyRow? row) => row is null
        ? null
        : new(row.Id, row.DeveloperId, row.CurrentToken, row.PreviousToken, Instant.FromUnixTimeSeconds(row.IssuedAt), Instant.FromUnixTimeSeconds(row.ExpiresAt));

    private sealed record FamilyRow(string Id, long DeveloperId, string CurrentToken, string? PreviousToken, long IssuedAt, long ExpiresAt);
}
