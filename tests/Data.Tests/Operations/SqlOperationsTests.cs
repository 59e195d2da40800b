using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Data.Operations;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.Data.Tests.Operations;

public sealed class SqlOperationsTests
{
    private const string Schedule = "0 */30 * * * *";

    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task CronLog_ARun_IsOneRowFromStartedToCompleted(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var log = new SqlCronLog(place.Trading);
        var id = await log.StartAsync("CaptureSnapshots", Now, CancellationToken.None);
        Assert.Equal([new Row("started", 0, 0, 0, null, null)], await RowsAsync());

        var run = new CronRun();
        run.Processed();
        run.Failed("Hyperliquid cannot be reached.");
        await log.FinishAsync(id, run, failure: null, Duration.FromMilliseconds(1234), CancellationToken.None);

        Assert.Equal([new Row("completed", 1, 1, 0, 1234, "Hyperliquid cannot be reached.")], await RowsAsync());

        Task<IReadOnlyList<Row>> RowsAsync() => place.QueryAsync<Row>(
            """
            SELECT status AS Status, users_processed AS Processed, users_failed AS Failed, users_skipped AS Skipped,
                   execution_time_ms AS ExecutionTimeMs, error_message AS Error
            FROM cron_logs
            """);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TimerStatusStore_ARun_IsRememberedFromItsBeginToItsEnd(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var timers = new SqlTimerStatusStore(place.Trading);
        var (second, next) = (Duration.FromSeconds(1), Now + Duration.FromMinutes(30));
        Assert.Null(await timers.FindAsync("Timer", CancellationToken.None));

        await timers.PrepareAsync("Timer", Schedule, Now, next, CancellationToken.None);
        var known = new TimerStatus(Schedule, Now, null, null, null, next);
        Assert.Equal(known, await timers.FindAsync("Timer", CancellationToken.None));

        await timers.BeginAsync("Timer", Schedule, Now + second, next + second, CancellationToken.None);
        var begun = known with { LastStarted = Now + second, Next = next + second };
        Assert.Equal((begun, true), (await timers.FindAsync("Timer", CancellationToken.None), begun.IsUnfinished));

        await timers.EndAsync("Timer", Now + second + second, succeeded: false, CancellationToken.None);
        var ended = begun with { LastEnded = Now + second + second, Result = "failed" };
        Assert.Equal((ended, false), (await timers.FindAsync("Timer", CancellationToken.None), ended.IsUnfinished));

        await timers.SkipAsync("Timer", next, CancellationToken.None);
        Assert.Equal(ended with { Next = next }, (await timers.ListAsync(CancellationToken.None))["Timer"]);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TimerStatusStore_AnotherSchedule_HasMissedNothing_ButARowOfAnOlderBuildMayHave(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var timers = new SqlTimerStatusStore(place.Trading);
        var (missed, next) = (Now - Duration.FromHours(1), Now + Duration.FromMinutes(30));
        foreach (var (timer, schedule) in new[] { ("Same", Schedule), ("Changed", "0 0 12 * * *"), ("Older", "") })
        {
            await timers.PrepareAsync(timer, schedule, Now - Duration.FromDays(1), missed, CancellationToken.None);
            await timers.PrepareAsync(timer, Schedule, Now, next, CancellationToken.None);
        }

        var known = await timers.ListAsync(CancellationToken.None);

        Assert.Equal([missed, next, missed], new[] { "Same", "Changed", "Older" }.Select(timer => known[timer].Next));
        Assert.All(known.Values, status => Assert.Equal(Schedule, status.Schedule));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TimerRunsMigration_KeepsWhatWasRemembered_ThereAndBack(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var runner = new MigrationRunner(place.Trading, MigrationScript.LoadAll("trading"), TimeProvider.System);
        await runner.RollBackAsync(7, CancellationToken.None);
        await place.Trading.ExecuteAsync(
            "INSERT INTO timer_status (name, last_run, next_run, updated_at) VALUES ('Timer', NULL, '2026-11-21T10:00:00.000Z', '2026-11-21T09:30:00.000Z')",
            null,
            CancellationToken.None);

        await runner.MigrateAsync(CancellationToken.None);
        Assert.Equal(
            new TimerStatus("", Now, null, null, null, Now + Duration.FromMinutes(30)),
            await new SqlTimerStatusStore(place.Trading).FindAsync("Timer", CancellationToken.None));

        await runner.RollBackAsync(7, CancellationToken.None);
        Assert.Equal(
            ["2026-11-21T10:00:00.000Z 2026-11-21T09:30:00.000Z"],
            await place.QueryAsync<string>("SELECT next_run || ' ' || updated_at FROM timer_status WHERE last_run IS NULL"));
    }

    private sealed record Row(string Status, int Processed, int Failed, int Skipped, long? ExecutionTimeMs, string? Error);
}
