using NodaTime;
using NodaTime.Text;

namespace TraderHub.Core.Platform;

/// <summary>The one way from the system's clock to the instants that the rules are written in, and from those to text.</summary>
public static class Clock
{
    /// <summary>The one format of instants in texts: ISO-8601 in UTC with milliseconds, which sorts as the instants do.</summary>
    public static InstantPattern IsoPattern { get; } = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary>The current instant.</summary>
    public static Instant GetInstant(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return Instant.FromDateTimeOffset(clock.GetUtcNow());
    }

    /// <summary>An instant as text, such as <c>2026-11-21T09:30:00.000Z</c>.</summary>
    public static string ToIso(this Instant instant) => IsoPattern.Format(instant);

    /// <summary>A date as text, such as <c>2026-11-21</c>.</summary>
    public static string ToIso(this LocalDate date) => LocalDatePattern.Iso.Format(date);
}
