using NodaTime;

namespace TraderHub.LocalHost.Demo;

/// <summary>A clock that stands at a moment of the past, for work that is done as if it were then. Whatever waits, waits in real time.</summary>
internal sealed class PastClock : TimeProvider
{
    /// <summary>The moment.</summary>
    public Instant Now { get; set; }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
