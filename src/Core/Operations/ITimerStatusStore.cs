using NodaTime;

namespace TraderHub.Core.Operations;

/// <summary>The runs of a timer, remembered across restarts.</summary>
/// <param name="Schedule">The schedule that <paramref name="Next"/> follows from.</param>
/// <param name="FirstSeen">When a host first had the timer.</param>
/// <param name="LastStarted">When its last run began; null before the first.</param>
/// <param name="LastEnded">When a run last ended; null before that.</param>
/// <param name="Result"><c>succeeded</c> or <c>failed</c>, as the last run ended; null before one did.</param>
/// <param name="Next">When it is due.</param>
public sealed record TimerStatus(string Schedule, Instant FirstSeen, Instant? LastStarted, Instant? LastEnded, string? Result, Instant Next)
{
    /// <summary>Whether its last run has begun and not ended: it goes on, or was broken off.</summary>
    public bool IsUnfinished => LastStarted is { } started && (LastEnded is not { } ended || ended < started);
}

/// <summary>The remembered runs of the timers.</summary>
public interface ITimerStatusStore
{
    /// <summary>The status of a timer; null when it was never seen.</summary>
    Task<TimerStatus?> FindAsync(string timer, CancellationToken cancellationToken);

    /// <summary>The status of every timer that was ever seen, by its name.</summary>
    Task<IReadOnlyDictionary<string, TimerStatus>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds a timer that was never seen. Of one that is known only another schedule changes anything: what the old one had due is not missed.</summary>
    Task PrepareAsync(string timer, string schedule, Instant now, Instant next, CancellationToken cancellationToken);

    /// <summary>Remembers that a run begins, and when the next is due.</summary>
    Task BeginAsync(string timer, string schedule, Instant started, Instant next, CancellationToken cancellationToken);

    /// <summary>Remembers how a run ended.</summary>
    Task EndAsync(string timer, Instant ended, bool succeeded, CancellationToken cancellationToken);

    /// <summary>Remembers when the next run is due of a timer that did nothing, because timers are switched off.</summary>
    Task SkipAsync(string timer, Instant next, CancellationToken cancellationToken);
}
