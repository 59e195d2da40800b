using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Data.Operations;
using TraderHub.Data.Tests.Trading;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Operations;

public sealed class SqlOperationsTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);

    private TradingStore store = null!;

    public async Task InitializeAsync() => store = await TradingStore.CreateAsync(new ManualClock("2026-11-21T09:30:00Z"));

    public Task DisposeAsync() => store.DisposeAsync().AsTask();

    [Fact]
    public async Task CronLog_ARun_IsOneRowFromStartedToCompleted()
    {
        var log = new SqlCronLog(store.Database);
        var id = await log.StartAsync("CaptureSnapshots", Now, CancellationToken.None);
        Assert.Equal(["CaptureSnapshots started 0 0 0 -"], Rows());

        var run = new CronRun();
        run.Processed();
        run.Failed("Hyperliquid cannot be reached.");
        await log.FinishAsync(id, run, failure: null, Duration.FromMilliseconds(1234), CancellationToken.None);

        Assert.Equal(["CaptureSnapshots completed 1 1 0 1234"], Rows());
        Assert.Equal(["Hyperliquid cannot be reached."], store.Query<string>("SELECT error_message FROM cron_logs"));

        IReadOnlyList<string> Rows() => store.Query<string>(
            "SELECT job_name || ' ' || status || ' ' || users_processed || ' ' || users_failed || ' ' || users_skipped || ' ' || COALESCE(execution_time_ms, '-') FROM cron_logs");
    }

    [Fact]
    public async Task TimerStatusStore_WhatIsSaved_IsFound()
    {
        var timers = new SqlTimerStatusStore(store.Database);
        Assert.Null(await timers.FindAsync("Timer", CancellationToken.None));

        var fresh = new TimerStatus(null, Now + Duration.FromMinutes(30), Now);
        await timers.SaveAsync("Timer", fresh, CancellationToken.None);
        Assert.Equal(fresh, await timers.FindAsync("Timer", CancellationToken.None));

        var later = new TimerStatus(Now, Now + Duration.FromMinutes(60), Now + Duration.FromMilliseconds(1));
        await timers.SaveAsync("Timer", later, CancellationToken.None);
        Assert.Equal(later, await timers.FindAsync("Timer", CancellationToken.None));
    }
}
