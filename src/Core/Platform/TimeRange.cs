using NodaTime;

namespace TraderHub.Core.Platform;

/// <summary>The half-open stretch of time [<see cref="From"/>, <see cref="To"/>): ranges that follow each other share no instant.</summary>
/// <param name="From">The first instant; null is the beginning of time.</param>
/// <param name="To">The first instant after it; null is the end of time.</param>
public readonly record struct TimeRange(Instant? From, Instant? To)
{
    /// <summary>Whether an instant is in it.</summary>
    public bool Contains(Instant instant) => !(instant < From) && !(instant >= To);
}
