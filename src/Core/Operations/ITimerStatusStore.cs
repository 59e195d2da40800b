using NodaTime;

namespace TraderHub.Core.Operations;

/// <summary>When a timer ran and runs next, remembered across restarts.</summary>
/// <param name="Last">When it last ran; null before its first run.</param>
/// <param name="Next">When it is due.</param>
/// <param name="LastUpdated">When this was written.</param>
public sealed record TimerStatus(Instant? Last, Instant Next, Instant LastUpdated);

/// <summary>The remembered status of the timers.</summary>
public interface ITimerStatusStore
{
    /// <summary>The status of a timer; null when it was never seen.</summary>
    Task<TimerStatus?> FindAsync(string timer, CancellationToken cancellationToken);

    /// <summary>The status of every timer that was ever seen, by its name.</summary>
    Task<IReadOnlyDictionary<string, TimerStatus>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Remembers the status of a timer.</summary>
    Task SaveAsync(string timer, TimerStatus status, CancellationToken cancellationToken);
}
