using NodaTime;

namespace TraderHub.Core.Platform;

/// <summary>The day that markets are on: New York's date. Every business date of TraderHub is decided here (rule J1).</summary>
public static class BusinessDate
{
    /// <summary>The markets' zone.</summary>
    public static DateTimeZone NewYork { get; } = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>The first date that something here can be of.</summary>
    public static LocalDate First { get; } = new(1900, 1, 1);

    /// <summary>The last date that something here can be of: what is made in the evening may be for tomorrow.</summary>
    public static LocalDate LastAt(Instant now) => Of(now).PlusDays(1);

    /// <summary>The business date of an instant. At 02:00 UTC it is the day before UTC's.</summary>
    public static LocalDate Of(Instant instant) => instant.InZone(NewYork).Date;
}
