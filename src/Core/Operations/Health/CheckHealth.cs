using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Operations.Health;

/// <summary>Looks how the system is: at all parts at once, at none for longer than two seconds, and not again within five (rule O3).</summary>
/// <param name="checks">The looks at the parts.</param>
/// <param name="timers">The timer functions.</param>
/// <param name="timerStatus">When they ran.</param>
/// <param name="clock">The clock.</param>
public sealed class CheckHealth(
    IEnumerable<IHealthCheck> checks, IReadOnlyList<WatchedTimer> timers, ITimerStatusStore timerStatus, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Duration Validity = Duration.FromSeconds(5);

    /// <summary>How late a timer may be at least; more where a tenth of its interval is more.</summary>
    private static readonly Duration Tolerance = Duration.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly List<IHealthCheck> checks = checks.ToList();
    private Task<HealthReport>? latest;
    private Instant latestAt;

    /// <summary>How the system is; callers within the same seconds share what was found.</summary>
    public Task<HealthReport> ExecuteAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var now = clock.GetInstant();
            if (latest is null || (latest.IsCompleted && now - latestAt >= Validity))
            {
                latest = LookAsync(now);
                latestAt = now;
            }

            return latest.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthReport> LookAsync(Instant now)
    {
        var timersSeen = ReadTimersAsync(now);
        var parts = await Task.WhenAll(checks.Select(LookAtAsync));
        var timersFound = await timersSeen;
        return new HealthReport(Judge(parts, timersFound), parts, timersFound);
    }

    private async Task<PartHealth> LookAtAsync(IHealthCheck check)
    {
        var started = clock.GetTimestamp();
        var works = await SucceedsAsync(check.CheckAsync);
        return new PartHealth(check, works, works ? Duration.FromTimeSpan(clock.GetElapsedTime(started)) : null);
    }

    /// <summary>Without an answer of the store nothing is known of the timers; that the store is down is told by its own check.</summary>
    private async Task<IReadOnlyList<TimerHealth>> ReadTimersAsync(Instant now)
    {
        IReadOnlyDictionary<string, TimerStatus> known = new Dictionary<string, TimerStatus>();
        await SucceedsAsync(async cancellationToken => known = await timerStatus.ListAsync(cancellationToken));
        return timers.Select(timer => TimerOf(timer, known.GetValueOrDefault(timer.Name), now)).ToList();
    }

    private static TimerHealth TimerOf(WatchedTimer timer, TimerStatus? status, Instant now) =>
        new(timer.Name, status, status is not null && IsOverdue(timer, status, now));

    private static bool IsOverdue(WatchedTimer timer, TimerStatus status, Instant now)
    {
        var interval = timer.NextAfter(status.Next) - status.Next;
        return now > status.Next + Duration.Max(Tolerance, interval / 10);
    }

    /// <summary>Whether something is done in time. A part may not heed that it is told to stop: it is not waited for.</summary>
    private async Task<bool> SucceedsAsync(Func<CancellationToken, Task> work)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        try
        {
            await Task.Run(() => work(timeout.Token), CancellationToken.None).WaitAsync(Patience, clock);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it is: that it does not work is the answer. Its cause is logged where it happened.
            return false;
        }
    }

    private static HealthState Judge(IReadOnlyCollection<PartHealth> parts, IReadOnlyCollection<TimerHealth> timers)
    {
        if (parts.Any(part => !part.Works && part.Check.IsEssential))
        {
            return HealthState.Unhealthy;
        }

        return parts.Any(part => !part.Works) || timers.Any(timer => timer.IsOverdue) ? HealthState.Degraded : HealthState.Healthy;
    }
}
