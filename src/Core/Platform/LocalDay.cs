using NodaTime;

namespace TraderHub.Core.Platform;

/// <summary>
/// A day of a user's calendar: the half-open stretch of time [<see cref="Start"/>, <see cref="End"/>) in UTC. The days of a zone follow each other
/// without gap or overlap, also where clocks change (rule T2). Every local day of TraderHub is computed here.
/// </summary>
public readonly record struct LocalDay(LocalDate Date, Instant Start, Instant End)
{
    /// <summary>The day that holds an instant.</summary>
    public static LocalDay Containing(Instant instant, UserZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return Of(instant.InZone(zone.Zone).Date, zone);
    }

    /// <summary>The day of a date.</summary>
    public static LocalDay Of(LocalDate date, UserZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return new(date, zone.Zone.AtStartOfDay(date).ToInstant(), zone.Zone.AtStartOfDay(date.PlusDays(1)).ToInstant());
    }
}
