using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Data.Trading;

namespace TraderHub.Data.Operations;

internal sealed class SqlTimerStatusStore(TradingDatabase database) : ITimerStatusStore
{
    public Task<TimerStatus?> FindAsync(string timer, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT last_run AS Last, next_run AS Next, updated_at AS LastUpdated FROM timer_status WHERE name = @Name";

        return database.FindAsync<TimerStatus>(Sql, new { Name = timer }, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, TimerStatus>> ListAsync(CancellationToken cancellationToken)
    {
        const string Sql = "SELECT name AS Name, last_run AS Last, next_run AS Next, updated_at AS LastUpdated FROM timer_status";

        var rows = await database.QueryAsync<TimerRow>(Sql, null, cancellationToken);
        return rows.ToDictionary(row => row.Name, row => new TimerStatus(row.Last, row.Next, row.LastUpdated));
    }

    public Task SaveAsync(string timer, TimerStatus status, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO timer_status (name, last_run, next_run, updated_at)
            VALUES (@Name, @Last, @Next, @LastUpdated)
            ON CONFLICT (name) DO UPDATE
            SET last_run = excluded.last_run, next_run = excluded.next_run, updated_at = excluded.updated_at
            """;

        return database.ExecuteAsync(Sql, new { Name = timer, status.Last, status.Next, status.LastUpdated }, cancellationToken);
    }

    private sealed record TimerRow(string Name, Instant? Last, Instant Next, Instant LastUpdated);
}
