using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Data.Trading;

namespace TraderHub.Data.Operations;

internal sealed class SqlTimerStatusStore(TradingDatabase database) : ITimerStatusStore
{
    public Task<TimerStatus?> FindAsync(string timer, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT schedule AS Schedule, first_seen AS FirstSeen, last_started AS LastStarted, last_ended AS LastEnded, result AS Result, next AS Next
            FROM timer_status
            WHERE function = @Timer
            """;

        return database.FindAsync<TimerStatus>(Sql, new { Timer = timer }, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, TimerStatus>> ListAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT function AS Timer, schedule AS Schedule, first_seen AS FirstSeen, last_started AS LastStarted, last_ended AS LastEnded, result AS Result, next AS Next
            FROM timer_status
            """;

        var rows = await database.QueryAsync<TimerRow>(Sql, null, cancellationToken);
        return rows.ToDictionary(
            row => row.Timer, row => new TimerStatus(row.Schedule, row.FirstSeen, row.LastStarted, row.LastEnded, row.Result, row.Next));
    }

    public Task PrepareAsync(string timer, string schedule, Instant now, Instant next, CancellationToken cancellationToken)
    {
        // A row without a schedule is of an older build, whose due run counts.
        const string Sql = """
            INSERT INTO timer_status (function, schedule, first_seen, next)
            VALUES (@Timer, @Schedule, @Now, @Next)
            ON CONFLICT (function) DO UPDATE
            SET schedule = excluded.schedule, next = CASE WHEN timer_status.schedule = '' THEN timer_status.next ELSE excluded.next END
            WHERE timer_status.schedule <> excluded.schedule
            """;

        return database.ExecuteAsync(Sql, new { Timer = timer, Schedule = schedule, Now = now, Next = next }, cancellationToken);
    }

    public Task BeginAsync(string timer, string schedule, Instant started, Instant next, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO timer_status (function, schedule, first_seen, last_started, next)
            VALUES (@Timer, @Schedule, @Started, @Started, @Next)
            ON CONFLICT (function) DO UPDATE
            SET schedule = excluded.schedule, last_started = excluded.last_started, next = excluded.next
            """;

        return database.ExecuteAsync(Sql, new { Timer = timer, Schedule = schedule, Started = started, Next = next }, cancellationToken);
    }

    public Task EndAsync(string timer, Instant ended, bool succeeded, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE timer_status SET last_ended = @Ended, result = @Result WHERE function = @Timer";

        return database.ExecuteAsync(Sql, new { Timer = timer, Ended = ended, Result = succeeded ? "succeeded" : "failed" }, cancellationToken);
    }

    public Task SkipAsync(string timer, Instant next, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE timer_status SET next = @Next WHERE function = @Timer";

        return database.ExecuteAsync(Sql, new { Timer = timer, Next = next }, cancellationToken);
    }

    private sealed record TimerRow(
        string Timer, string Schedule, Instant FirstSeen, Instant? LastStarted, Instant? LastEnded, string? Result, Instant Next);
}
