using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>
/// Where a range of sessions begins or ends: an instant, which is the same for all of them, or a day's beginning, which each of them has in the zone that it
/// counts in (rule V3).
/// </summary>
public sealed record SessionBound
{
    private SessionBound(Instant instant, IReadOnlyDictionary<string, Instant>? byZone)
    {
        Instant = instant;
        ByZone = byZone;
    }

    /// <summary>The instant, for each session whose zone has no other.</summary>
    public Instant Instant { get; }

    /// <summary>The instants by the ids of zones; null where a zone makes no difference.</summary>
    public IReadOnlyDictionary<string, Instant>? ByZone { get; }

    /// <summary>An instant.</summary>
    public static SessionBound At(Instant instant) => new(instant, null);

    /// <summary>The beginning of a day, for sessions in some zones; one whose id is no zone's is taken for UTC, as in the statistics.</summary>
    public static SessionBound At(LocalDate date, IReadOnlyList<string> zones) => new(
        LocalDay.Of(date, UserZone.Utc).Start,
        zones.ToDictionary(id => id, id => LocalDay.Of(date, UserZone.FromId(id) ?? UserZone.Utc).Start, StringComparer.Ordinal));
}
