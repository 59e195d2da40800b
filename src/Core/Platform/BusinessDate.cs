using NodaTime;

namespace TraderHub.Core.Platform;

/// <summary>The one function that decides which business date an instant belongs to: New York's date, never the date in UTC (rule R1).</summary>
public static class BusinessDate
{
    /// <summary>New York's zone, whose daylight saving the exchange's hours follow.</summary>
    public static DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>The business date of an instant.</summary>
    public static LocalDate Of(Instant instant) => instant.InZone(Zone).Date;
}
