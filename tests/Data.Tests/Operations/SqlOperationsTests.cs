using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Data.Operations;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests.Operations;

public sealed class SqlOperationsTests
{
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
    public async Task TimerStatusStore_WhatIsSaved_IsFound(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var timers = new SqlTimerStatusStore(place.Trading);
        Assert.Null(await timers.FindAsync("Timer", CancellationToken.None));

        var fresh = new TimerStatus(null, Now + Duration.FromMinutes(30), Now);
        await timers.SaveAsync("Timer", fresh, CancellationToken.None);
        Assert.Equal(fresh, await timers.FindAsync("Timer", CancellationToken.None));

        var later = new TimerStatus(Now, Now + Duration.FromMinutes(60), Now + Duration.FromMilliseconds(1));
        await timers.SaveAsync("Timer", later, CancellationToken.None);
        Assert.Equal(later, await timers.FindAsync("Timer", CancellationToken.None));
    }

    private sealed record Row(string Status, int Processed, int Failed, int Skipped, long? ExecutionTimeMs, string? Error);
}
