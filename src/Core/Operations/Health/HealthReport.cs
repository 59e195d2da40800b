using NodaTime;

namespace TraderHub.Core.Operations.Health;

/// <summary>How the system is.</summary>
public enum HealthState
{
    /// <summary>Everything works.</summary>
    Healthy,

    /// <summary>Something does not work, and the rest does without.</summary>
    Degraded,

    /// <summary>What nothing works without does not work.</summary>
    Unhealthy,
}

/// <summary>What was found when the system was looked at (rule O3).</summary>
/// <param name="State">How it is as a whole.</param>
/// <param name="Parts">How its parts are.</param>
/// <param name="Timers">When its timers ran and run.</param>
public sealed record HealthReport(HealthState State, IReadOnlyList<PartHealth> Parts, IReadOnlyList<TimerHealth> Timers);

/// <summary>How a part is.</summary>
/// <param name="Check">The look at it.</param>
/// <param name="Works">Whether it works.</param>
/// <param name="Latency">How long it took; null when it does not work.</param>
public sealed record PartHealth(IHealthCheck Check, bool Works, Duration? Latency);

/// <summary>A timer as health looks at it.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="NextAfter">When it is due after an instant.</param>
public sealed record WatchedTimer(string Name, Func<Instant, Instant> NextAfter);

/// <summary>How a timer is.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Status">Its runs; null when the store does not tell.</param>
/// <param name="IsOverdue">Whether it should have run and did not.</param>
public sealed record TimerHealth(string Name, TimerStatus? Status, bool IsOverdue);
