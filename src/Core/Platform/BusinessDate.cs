using NodaTime;

namespace TraderHub.Core.Platform;

/// <summary>The day that markets are on: New York's date. Every business date of TraderHub is decided here (rule J1).</summary>
public static class BusinessDate
{
    /// <summary>The markets' zone.</summary>
    public static DateTimeZone NewYork { get; } = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>The business date of an instant. At 02:00 UTC it is the day before UTC's.</summary>
    public static LocalDate Of(Instant instant) => instant.InZone(NewYork).Date;
}
