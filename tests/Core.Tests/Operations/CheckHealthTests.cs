using Moq;
using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Core.Operations.Health;
using TraderHub.Testing;

namespace TraderHub.Core.Tests.Operations;

public sealed class CheckHealthTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 40);

    private readonly ManualClock clock = new("2026-11-21T09:40:00Z");
    private readonly Dictionary<string, TimerStatus> timers = [];
    private Duration interval = Duration.FromHours(1);

    [Theory]
    [InlineData(true, true, HealthState.Healthy)]
    [InlineData(true, false, HealthState.Degraded)]
    [InlineData(false, true, HealthState.Unhealthy)]
    [InlineData(false, false, HealthState.Unhealthy)]
    public async Task ExecuteAsync_IsAsBadAsWhatDoesNotWork(bool databaseWorks, bool exchangeWorks, HealthState expected)
    {
        var report = await HealthOf(Working(databaseWorks), Working(exchangeWorks, isEssential: false)).ExecuteAsync(CancellationToken.None);

        Assert.Equal(expected, report.State);
        Assert.Equal([databaseWorks, exchangeWorks], report.Parts.Select(part => part.Works));
        Assert.Equal([databaseWorks, exchangeWorks], report.Parts.Select(part => part.Latency is not null));
    }

    [Fact]
    public async Task ExecuteAsync_PartsThatHang_AreNotWaitedForLongerThanTwoSecondsTogether()
    {
        var looking = HealthOf(Hanging(), Hanging(), Hanging()).ExecuteAsync(CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(looking.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.All((await looking).Parts, part => Assert.False(part.Works));
    }

    [Fact]
    public async Task ExecuteAsync_WithinFiveSeconds_SharesWhatWasFound()
    {
        var part = Working();
        var health = HealthOf(part);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => health.ExecuteAsync(CancellationToken.None)));
        clock.Advance(TimeSpan.FromSeconds(4.9));
        await health.ExecuteAsync(CancellationToken.None);
        Mock.Get(part).Verify(check => check.CheckAsync(It.IsAny<CancellationToken>()), Times.Once);

        clock.Advance(TimeSpan.FromSeconds(0.1));
        await health.ExecuteAsync(CancellationToken.None);
        Mock.Get(part).Verify(check => check.CheckAsync(It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Fact]
    public async Task ExecuteAsync_ACallerWhoGivesUp_TakesNothingFromTheOthers()
    {
        var health = HealthOf(Hanging());
        using var impatience = new CancellationTokenSource();
        var first = health.ExecuteAsync(impatience.Token);
        var second = health.ExecuteAsync(CancellationToken.None);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(HealthState.Unhealthy, (await second).State);
    }

    [Theory]
    [InlineData(60, -5, false)]
    [InlineData(60, -7, true)]
    [InlineData(60, 20, false)]
    [InlineData(1, -1, false)]
    [InlineData(1, -3, true)]
    [Trait("Case", "F2")]
    public async Task ExecuteAsync_ATimerThatShouldHaveRun_Degrades(int minutesBetweenRuns, int minutesUntilDue, bool isOverdue)
    {
        interval = Duration.FromMinutes(minutesBetweenRuns);
        timers["Regular"] = StatusOf(Now + Duration.FromMinutes(minutesUntilDue));
        timers["OfAnOlderBuild"] = StatusOf(Now - Duration.FromDays(100));

        var report = await HealthOf(Working()).ExecuteAsync(CancellationToken.None);

        Assert.Equal([new("Regular", timers["Regular"], isOverdue), new("NeverSeen", null, false)], report.Timers);
        Assert.Equal(isOverdue ? HealthState.Degraded : HealthState.Healthy, report.State);
    }

    private CheckHealth HealthOf(params IHealthCheck[] checks)
    {
        var store = Mock.Of<ITimerStatusStore>(store => store.ListAsync(It.IsAny<CancellationToken>()) == Task.FromResult<IReadOnlyDictionary<string, TimerStatus>>(timers));
        return new(checks, [new("Regular", due => due + interval), new("NeverSeen", due => due + interval)], store, clock);
    }

    private static TimerStatus StatusOf(Instant next) => new("0 0 * * * *", Now, null, null, null, next);

    private static IHealthCheck Working(bool works = true, bool isEssential = true) =>
        Answering(works ? Task.CompletedTask : Task.FromException(new InvalidOperationException("It does not work.")), isEssential);

    private static IHealthCheck Hanging() => Answering(new TaskCompletionSource().Task, isEssential: true);

    private static IHealthCheck Answering(Task answer, bool isEssential) => Mock.Of<IHealthCheck>(check =>
        check.Service == "service" && check.Part == "part" && check.IsEssential == isEssential && check.CheckAsync(It.IsAny<CancellationToken>()) == answer);
}
