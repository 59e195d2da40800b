using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Testing;

namespace TraderHub.Core.Tests.Operations;

public sealed class CronJobTests
{
    private readonly ManualClock clock = new("2026-11-21T09:30:00Z");
    private readonly RecordingLog log = new();

    [Fact]
    public async Task RunAsync_AJobThatEnds_IsLoggedWithItsCountsAndItsRealDuration()
    {
        await new CronJob(log, clock).RunAsync(
            "Job",
            (run, _) =>
            {
                run.Processed();
                run.Skipped();
                run.Failed("first");
                run.Failed("second");
                clock.Advance(TimeSpan.FromMilliseconds(1234));
                return Task.CompletedTask;
            },
            CancellationToken.None);

        Assert.Equal(["started Job 2026-11-21T09:30:00Z", "ended 1 1/2/1 'first' failure: - in 1234 ms"], log.Lines);
    }

    [Fact]
    public async Task RunAsync_AJobThatThrows_IsLoggedAsFailedAndThrowsOn()
    {
        var job = new CronJob(log, clock).RunAsync("Job", (_, _) => throw new InvalidOperationException("broken"), CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => job);
        Assert.Contains("failure: broken", log.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AJobThatIsCancelled_IsLoggedAllTheSame()
    {
        using var cancelled = new CancellationTokenSource();

        var job = new CronJob(log, clock).RunAsync(
            "Job",
            async (_, token) =>
            {
                await cancelled.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            cancelled.Token);

        await Assert.ThrowsAsync<OperationCanceledException>(() => job);
        Assert.Equal(2, log.Lines.Count);
    }

    private sealed class RecordingLog : ICronLog
    {
        public List<string> Lines { get; } = [];

        public Task<long> StartAsync(string jobName, Instant startedAt, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Lines.Add($"started {jobName} {startedAt}");
            return Task.FromResult(1L);
        }

        public Task FinishAsync(long id, CronRun run, string? failure, Duration duration, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Lines.Add(
                $"ended {id} {run.UsersProcessed}/{run.UsersFailed}/{run.UsersSkipped} '{run.FirstError}' failure: {failure ?? "-"} in {duration.TotalMilliseconds:0} ms");
            return Task.CompletedTask;
        }
    }
}
