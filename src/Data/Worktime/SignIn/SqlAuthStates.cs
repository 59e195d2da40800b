using NodaTime;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Core.Worktime.SignIn;

namespace TraderHub.Data.Worktime.SignIn;

internal sealed class SqlAuthStates(WorktimeDatabase database) : IAuthStates
{
    public Task AddAsync(AuthState state, Instant now, CancellationToken cancellationToken)
    {
        // What GitHub never answered goes as new ones come, so the table is never larger than ten minutes make it.
        const string Sweep = "DELETE FROM auth_states WHERE expires_at <= @Now";
        const string Insert = """
            INSERT INTO auth_states (id, code_verifier, redirect_uri, expires_at) VALUES (@Id, @CodeVerifier, @RedirectUri, @ExpiresAt)
            """;

        var row = new
        {
            Id = SessionToken.Hash(state.State),
            state.CodeVerifier,
            state.RedirectUri,
            ExpiresAt = state.ExpiresAt.ToUnixTimeSeconds(),
            Now = now.ToUnixTimeSeconds(),
        };
        return database.InTransactionAsync(
            async () =>
            {
                await database.ExecuteAsync(Sweep, row, cancellationToken);
                return await database.ExecuteAsync(Insert, row, cancellationToken);
            },
            cancellationToken);
    }

    public async Task<AuthState?> TryUseAsync(string state, Instant now, CancellationToken cancellationToken)
    {
        // Of several callers at once, the one whose statement deletes the row has used it.
        const string Sql = """
            DELETE FROM auth_states WHERE id = @Id AND expires_at > @Now
            RETURNING code_verifier AS CodeVerifier, redirect_uri AS RedirectUri, expires_at AS ExpiresAt
            """;

        var row = await database.ExecuteReturningAsync<StateRow>(Sql, new { Id = SessionToken.Hash(state), Now = now.ToUnixTimeSeconds() }, cancellationToken);
        return row is null ? null : new(state, row.CodeVerifier, row.RedirectUri, Instant.FromUnixTimeSeconds(row.ExpiresAt));
    }

    private sealed record StateRow(string CodeVerifier, string RedirectUri, long ExpiresAt);
}
