using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace TraderHub.Core.Platform;

/// <summary>
/// Where a user's day begins: a fixed offset from UTC, or an IANA zone, whose daylight saving is then followed (rule T1).
/// </summary>
/// <param name="Zone">The rules of the zone.</param>
/// <param name="Name">What the user calls it, such as <c>UTC+5:30</c> or <c>Europe/Berlin</c>.</param>
/// <param name="Id">The IANA id; null when the zone is a fixed offset.</param>
public sealed record UserZone(DateTimeZone Zone, string Name, string? Id = null)
{
    /// <summary>The lowest offset, in hours.</summary>
    public const decimal MinimumOffset = -12;

    /// <summary>The highest offset, in hours.</summary>
    public const decimal MaximumOffset = 14;

    /// <summary>Coordinated universal time: the zone of those who set none.</summary>
    public static UserZone Utc { get; } = new(DateTimeZone.Utc, "UTC");

    /// <summary>A fixed offset in hours; null when it is outside -12..14 or not a whole number of quarter hours.</summary>
    public static UserZone? FromOffset(decimal hours, string? name = null)
    {
        if (hours is < MinimumOffset or > MaximumOffset || decimal.Truncate(hours * 4) != hours * 4)
        {
            return null;
        }

        return new(DateTimeZone.ForOffset(Offset.FromSeconds((int)(hours * 3600))), string.IsNullOrWhiteSpace(name) ? NameOf(hours) : name);
    }

    /// <summary>An IANA zone such as <c>America/New_York</c>; null when there is none of that id.</summary>
    public static UserZone? FromId(string id) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone ? new(zone, id, id) : null;

    /// <summary>The first plausible zone of a country (ISO 3166 code); null when none is known.</summary>
    public static UserZone? FromCountry(string countryCode) =>
        TzdbDateTimeZoneSource.Default.ZoneLocations?
            .FirstOrDefault(location => string.Equals(location.CountryCode, countryCode, StringComparison.OrdinalIgnoreCase)) is { } found
            ? FromId(found.ZoneId)
            : null;

    /// <summary>The offset from UTC at an instant, in hours.</summary>
    public decimal OffsetAt(Instant instant) => Zone.GetUtcOffset(instant).Seconds / 3600m;

    private static string NameOf(decimal hours)
    {
        var minutes = (int)Math.Abs(hours * 60);
        var sign = hours < 0 ? '-' : '+';
        return string.Create(
            CultureInfo.InvariantCulture,
            $"UTC{sign}{minutes / 60}{(minutes % 60 == 0 ? string.Empty : $":{minutes % 60:00}")}");
    }
}
