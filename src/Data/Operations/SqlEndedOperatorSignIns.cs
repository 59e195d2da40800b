using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Data.Trading;

namespace TraderHub.Data.Operations;

internal sealed class SqlEndedOperatorSignIns(TradingDatabase database) : IEndedOperatorSignIns
{
    public Task AddAsync(string id, Instant expiresAt, CancellationToken cancellationToken)
    {
        const string Sql = "INSERT INTO ended_operator_sign_ins (id, expires_at) VALUES (@Id, @ExpiresAt) ON CONFLICT (id) DO NOTHING";

        return database.ExecuteAsync(Sql, new { Id = id, ExpiresAt = expiresAt.ToUnixTimeSeconds() }, cancellationToken);
    }

    public async Task<bool> ContainsAsync(string id, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT COUNT(*) FROM ended_operator_sign_ins WHERE id = @Id";

        return await database.FindAsync<long>(Sql, new { Id = id }, cancellationToken) > 0;
    }
}
