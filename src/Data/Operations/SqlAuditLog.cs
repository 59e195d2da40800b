using TraderHub.Core.Operations;
using TraderHub.Data.Trading;

namespace TraderHub.Data.Operations;

internal sealed class SqlAuditLog(TradingDatabase database) : IAuditLog
{
    public Task AddAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO audit_log (happened_at, actor, action, outcome, detail, remote_address, request_id)
            VALUES (@HappenedAt, @Actor, @Action, @Outcome, @Detail, @RemoteAddress, @RequestId)
            """;

        return database.ExecuteAsync(
            Sql,
            new
            {
                HappenedAt = entry.HappenedAt.ToUnixTimeSeconds(),
                entry.Actor,
                entry.Action,
                entry.Outcome,
                entry.Detail,
                entry.RemoteAddress,
                entry.RequestId,
            },
            cancellationToken);
    }
}
