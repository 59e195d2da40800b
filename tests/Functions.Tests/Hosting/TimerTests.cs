using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.LocalHost.Hosting;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Hosting;

public sealed class TimerTests : IAsyncLifetime
{
    private readonly ManualClock clock = new("2026-11-21T09:40:00Z");
    private readonly TimerProbe probe = new();
    private readonly TempFolder folder = new();
    private TestHost host = null!;

    public async Task InitializeAsync() => host = await StartAsync([typeof(ProbeTimers)]);

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task ATimer_RunsWhenItIsDueAndNotBefore()
    {
        await clock.WaitForTimerAsync();
        clock.Advance(TimeSpan.FromMinutes(19.9));
        Assert.Equal(0, probe.Count);

        clock.Advance(TimeSpan.FromMinutes(0.1));
        var run = await probe.NextRunAsync();

        Assert.False(run.IsPastDue);
        Assert.Equal(Utc(10, 0), run.ScheduleStatus?.Next);
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(Utc(10, 0), (await probe.NextRunAsync()).ScheduleStatus?.Last);
    }

    [Fact]
    public async Task ATimer_DueSeveralTimesWhileItRuns_RunsOnceMoreAndNeverOverlaps()
    {
        var release = new TaskCompletionSource();
        probe.Behaviour = _ => release.Task;
        await clock.WaitForTimerAsync();
        clock.Advance(TimeSpan.FromMinutes(20));
        await probe.NextRunAsync();

        clock.Advance(TimeSpan.FromMinutes(95));
        probe.Behaviour = _ => Task.CompletedTask;
        release.SetResult();
        await probe.NextRunAsync();
        await WaitForStatusAsync(next: Utc(12, 0));

        Assert.Equal(2, probe.Count);
        Assert.Equal(1, probe.MostAtOnce);
    }

    [Fact]
    public async Task ATimer_ThatThrows_IsLoggedAndRunsAgain()
    {
        probe.Behaviour = _ => throw new InvalidOperationException("broken today");
        await clock.WaitForTimerAsync();
        clock.Advance(TimeSpan.FromMinutes(20));
        await probe.NextRunAsync();
        clock.Advance(TimeSpan.FromMinutes(30));
        await probe.NextRunAsync();

        Assert.Contains(host.Log.Lines, line =>
            line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("HalfHourly", StringComparison.Ordinal) && line.Contains("broken today", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => host.Query<string>("SELECT result FROM timer_status") is ["failed"]);
    }

    [Fact]
    public async Task ATimer_ThatHangs_IsToldToStopAfterTheTimeout_AndStopsNeitherOthersNorRequests()
    {
        await host.DisposeAsync();
        OtherTimers.Ran = new();
        host = await StartAsync([typeof(ProbeTimers), typeof(OtherTimers), typeof(Operations.HealthProbe)], ("Quarterly", "0 */15 * * * *"));
        var release = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        probe.Behaviour = async token =>
        {
            await using var registration = token.Register(told.SetResult);
            await release.Task;
        };
        await clock.WaitForTimerAsync();
        clock.Advance(TimeSpan.FromMinutes(20));
        await probe.NextRunAsync();

        clock.Advance(host.Services.GetRequiredService<HostJson>().FunctionTimeout);

        await told.Task.WaitAsync(Eventually.Limit);
        await OtherTimers.Ran.Task.WaitAsync(Eventually.Limit);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/probe")).StatusCode);
        Assert.Contains(host.Log.Lines, line => line.Contains("told to stop after", StringComparison.Ordinal));
        release.SetResult();
    }

    [Fact]
    public async Task ARun_MissedWhileTheHostWasDown_HappensOnceAndSaysItIsPastDue()
    {
        await clock.WaitForTimerAsync();
        clock.Advance(TimeSpan.FromMinutes(20));
        await probe.NextRunAsync();
        await WaitForStatusAsync(next: Utc(10, 30));
        await host.DisposeAsync();

        clock.Advance(TimeSpan.FromMinutes(100));
        host = await StartAsync([typeof(ProbeTimers)]);
        var run = await probe.NextRunAsync();

        Assert.True(run.IsPastDue);
        Assert.Equal((Utc(10, 0), Utc(10, 30)), (run.ScheduleStatus!.Last, run.ScheduleStatus.Next));
        await WaitForStatusAsync(next: Utc(12, 0));
        await host.DisposeAsync();

        host = await StartAsync([typeof(ProbeTimers)]);
        await clock.WaitForTimerAsync();
        Assert.Equal(2, probe.Count);
    }

    [Fact]
    public async Task ARun_BrokenOffByTheShutdown_HappensAgainAtTheNextStart()
    {
        probe.Behaviour = token => Task.Delay(Timeout.InfiniteTimeSpan, clock, token);
        await clock.WaitForTimerAsync();
        clock.Advance(TimeSpan.FromMinutes(20));
        await probe.NextRunAsync();
        await host.DisposeAsync();

        probe.Behaviour = _ => Task.CompletedTask;
        clock.Advance(TimeSpan.FromSeconds(1));
        host = await StartAsync([typeof(ProbeTimers)]);

        Assert.True((await probe.NextRunAsync()).IsPastDue);
    }

    [Fact]
    public async Task AChangedSchedule_IsNotAMissedRun()
    {
        await clock.WaitForTimerAsync();
        var store = host.Services.GetRequiredService<ITimerStatusStore>();
        await store.PrepareAsync(
            "HalfHourly", "0 */5 * * * *", Instant.FromUtc(2026, 11, 21, 9, 40), Instant.FromUtc(2026, 11, 21, 9, 45), CancellationToken.None);
        await host.DisposeAsync();

        clock.Advance(TimeSpan.FromMinutes(10));
        host = await StartAsync([typeof(ProbeTimers)]);
        await clock.WaitForTimerAsync();

        await WaitForStatusAsync(next: Utc(10, 0));
        Assert.Equal(0, probe.Count);
    }

    [Fact]
    public async Task AnIntervalUnderAMinute_WithRunOnStartup_RunsAtOnceAndIsNotRemembered()
    {
        await host.DisposeAsync();
        host = await StartAsync([typeof(StartupTimers)]);

        var first = await probe.NextRunAsync();
        await clock.WaitForTimerAsync();
        clock.Advance(TimeSpan.FromSeconds(20));
        await probe.NextRunAsync();

        Assert.Null(first.ScheduleStatus);
        Assert.Empty(host.Query<string>("SELECT function FROM timer_status WHERE function = 'AtStart'"));
    }

    [Fact]
    public async Task AdminInvoke_WithTheOperatorsKey_Is202AndRunsTheTimerWithoutMovingItsSchedule()
    {
        var response = await host.RunTimerAsync("halfhourly");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(Utc(10, 0), (await probe.NextRunAsync()).ScheduleStatus?.Next);
        await WaitForStatusAsync(next: Utc(10, 0));
    }

    [Fact]
    public async Task AdminInvoke_WhileTheTimerRuns_RunsItOnceMoreAfterwards()
    {
        var release = new TaskCompletionSource();
        probe.Behaviour = _ => release.Task;
        await host.RunTimerAsync("HalfHourly");
        await probe.NextRunAsync();

        await host.RunTimerAsync("HalfHourly");
        await host.RunTimerAsync("HalfHourly");
        release.SetResult();
        await probe.NextRunAsync();
        await clock.WaitForTimerAsync();

        Assert.Equal(2, probe.Count);
        Assert.Equal(1, probe.MostAtOnce);
    }

    [Theory]
    [InlineData("HalfHourly", null, HttpStatusCode.Unauthorized)]
    [InlineData("HalfHourly", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Unknown", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Unknown", TestHost.AdminToken, HttpStatusCode.NotFound)]
    [InlineData("AdminInvokeTimer", TestHost.AdminToken, HttpStatusCode.NotFound)]
    public async Task AdminInvoke_AWrongKeyOrName_RunsNothing(string name, string? key, HttpStatusCode status)
    {
        Assert.Equal(status, (await host.RunTimerAsync(name, key)).StatusCode);
        Assert.Equal(0, probe.Count);
    }

    [Fact]
    public async Task AdminInvoke_WithoutATokenInTheSettings_IsClosed()
    {
        await host.DisposeAsync();
        host = await StartAsync([typeof(ProbeTimers)], ("Auth:AdminToken", ""));

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.RunTimerAsync("HalfHourly", "")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.RunTimerAsync("HalfHourly")).StatusCode);
    }

    [Theory]
    [InlineData("AzureWebJobs.HalfHourly.Disabled")]
    [InlineData("AzureWebJobs:HalfHourly:Disabled")]
    public async Task AFunction_SwitchedOffBySetting_IsNotThere(string key)
    {
        await host.DisposeAsync();
        host = await StartAsync([typeof(ProbeTimers)], (key, "true"));

        Assert.Equal(HttpStatusCode.NotFound, (await host.RunTimerAsync("HalfHourly")).StatusCode);
    }

    [Fact]
    public async Task EveryTimer_WithTimersSwitchedOff_ReturnsAtOnce()
    {
        await host.DisposeAsync();
        host = await StartAsync([typeof(ProbeTimers)], ("Timers:Enabled", "false"));
        await clock.WaitForTimerAsync();

        clock.Advance(TimeSpan.FromMinutes(20));

        await WaitForStatusAsync(next: Utc(10, 30));
        Assert.Equal(0, probe.Count);
    }

    private static DateTime Utc(int hour, int minute) => new(2026, 11, 21, hour, minute, 0, DateTimeKind.Utc);

    private Task WaitForStatusAsync(DateTime next) => Eventually.TrueAsync(async () =>
    {
        var status = await host.Services.GetRequiredService<ITimerStatusStore>().FindAsync("HalfHourly", CancellationToken.None);
        return status?.Next.ToDateTimeUtc() == next;
    });

    private Task<TestHost> StartAsync(Type[] functions, params (string Key, string Value)[] settings) => TestHost.StartAsync(new TestHostOptions
    {
        Clock = clock,
        FunctionClasses = functions,
        DataFolder = folder.Path,
        Settings = settings,
        ConfigureServices = services => services.AddSingleton(probe),
    });
}
