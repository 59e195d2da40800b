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
        var day = Of(instant.InZone(zone.Zone).Date, zone);

        // Where clocks are set back over midnight, the evening that happens again already belongs to the day that had begun.
        while (instant >= day.End)
        {
            day = Of(day.Date.PlusDays(1), zone);
        }

        return day;
    }

    /// <summary>The day of a date. A date that a zone left out, as Samoa did when it crossed the date line, has no length.</summary>
    public static LocalDay Of(LocalDate date, UserZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return new(date, StartOf(date, zone.Zone), StartOf(date.PlusDays(1), zone.Zone));
    }

    /// <summary>The first moment at which clocks showed midnight; where they left it out, the moment that they went on from.</summary>
    private static Instant StartOf(LocalDate date, DateTimeZone zone)
    {
        var midnight = zone.MapLocal(date.AtMidnight());
        return midnight.Count == 0 ? midnight.LateInterval.Start : midnight.First().ToInstant();
    }
}
