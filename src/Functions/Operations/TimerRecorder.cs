using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Core.Operations.Health;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Operations;

/// <summary>
/// Remembers the runs of the timers, in both hosts alike: the Functions host keeps its own memory of them, but tells it to nobody, and a timer that does
/// not run at all must be seen too. A store that fails is logged; the timers go on without their memory.
/// </summary>
internal sealed partial class TimerRecorder
{
    private readonly Dictionary<string, TimerSchedule> schedules;
    private readonly ITimerStatusStore store;
    private readonly TimeProvider clock;
    private readonly ILogger<TimerRecorder> logger;

    public TimerRecorder(FunctionCatalog catalog, IConfiguration settings, ITimerStatusStore store, TimeProvider clock, ILogger<TimerRecorder> logger)
    {
        this.store = store;
        this.clock = clock;
        this.logger = logger;
        schedules = catalog.Timers
            .Where(timer => timer.Trigger.UseMonitor)
            .Select(timer => (timer.Name, Schedule: TimerSchedule.Parse(timer.Trigger.Schedule, settings)))
            .Where(timer => timer.Schedule.IsMonitorable(clock.GetInstant()))
            .ToDictionary(timer => timer.Name, timer => timer.Schedule);
    }

    /// <summary>The timers that are remembered, as health looks at them.</summary>
    public IReadOnlyList<WatchedTimer> Timers => schedules.Select(timer => new WatchedTimer(timer.Key, timer.Value.NextAfter)).ToList();

    /// <summary>Whether runs of a timer are remembered.</summary>
    public bool Remembers(string timer) => schedules.ContainsKey(timer);

    /// <summary>Has every timer known before the first is due.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        foreach (var (timer, schedule) in schedules)
        {
            await store.PrepareAsync(timer, schedule.Expression, now, schedule.NextAfter(now), cancellationToken);
        }
    }

    public Task BeginAsync(string timer) => RememberAsync(
        timer, (schedule, now) => store.BeginAsync(timer, schedule.Expression, now, schedule.NextAfter(now), CancellationToken.None));

    public Task EndAsync(string timer, bool succeeded) => RememberAsync(
        timer, (_, now) => store.EndAsync(timer, now, succeeded, CancellationToken.None));

    public Task SkipAsync(string timer) => RememberAsync(
        timer, (schedule, now) => store.SkipAsync(timer, schedule.NextAfter(now), CancellationToken.None));

    private async Task RememberAsync(string timer, Func<TimerSchedule, Instant, Task> write)
    {
        if (!schedules.TryGetValue(timer, out var schedule))
        {
            return;
        }

        try
        {
            await write(schedule, clock.GetInstant());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogForgotten(timer, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The run of timer {Function} cannot be remembered; health does not see it, and a run that is broken off now may be lost")]
    private partial void LogForgotten(string function, Exception exception);
}
