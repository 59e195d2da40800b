using System.Globalization;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Platform;

namespace TraderHub.Web;

/// <summary>How pages write numbers and times: everything that a page shows goes through here.</summary>
public static class Format
{
    private const string Minus = "\u2212";

    private static readonly LocalTimePattern ClockPattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");

    private static readonly LocalTimePattern MinutePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private static readonly LocalDatePattern DayPattern = LocalDatePattern.CreateWithInvariantCulture("ddd dd MMM uuuu");

    /// <summary>An amount of US dollars, such as <c>$1,234.50</c>.</summary>
    public static string Money(decimal amount) => $"{SignOf(amount, ofGain: "")}${Text(Math.Abs(amount), "N2")}";

    /// <summary>A gain or loss in US dollars, with its sign.</summary>
    public static string Gain(decimal amount) => $"{SignOf(amount, ofGain: "+")}${Text(Math.Abs(amount), "N2")}";

    /// <summary>A share of 100, such as <c>12.5%</c>.</summary>
    public static string Percent(decimal percent) => $"{SignOf(percent, ofGain: "")}{Text(Math.Abs(percent), "0.0")}%";

    /// <summary>A gain or loss in percent, with its sign.</summary>
    public static string PercentGain(decimal percent) => $"{SignOf(percent, ofGain: "+")}{Text(Math.Abs(percent), "0.0")}%";

    /// <summary>A price: as many digits as tell it apart from the next one that matters.</summary>
    public static string Price(decimal price) => Math.Abs(price) switch
    {
        >= 1000 => Text(price, "N1"),
        >= 10 => Text(price, "N2"),
        >= 1 => Text(price, "N3"),
        >= 0.001m => Text(price, "0.######"),
        _ => Text(price, "0.############"),
    };

    /// <summary>How much of a coin, without its sign.</summary>
    public static string Quantity(decimal quantity) => Text(Math.Abs(quantity), "#,0.########");

    /// <summary>A factor such as <c>10×</c>.</summary>
    public static string Factor(decimal factor) => $"{Text(factor, "0.##")}×";

    /// <summary>A number of SVG coordinates.</summary>
    public static string Coordinate(decimal value) => Text(value, "0.##");

    /// <summary>A wallet's address, so short that a person still knows it.</summary>
    public static string ShortAddress(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return $"{address[..6]}…{address[^4..]}";
    }

    /// <summary>The time of day in a zone, to the second.</summary>
    public static string Clock(Instant instant, UserZone zone) => ClockPattern.Format(In(instant, zone).TimeOfDay);

    /// <summary>The time of day in a zone, to the minute.</summary>
    public static string Minute(Instant instant, UserZone zone) => MinutePattern.Format(In(instant, zone).TimeOfDay);

    /// <summary>The day in a zone, such as <c>Sat 21 Nov 2026</c>.</summary>
    public static string Day(Instant instant, UserZone zone) => DayPattern.Format(In(instant, zone).Date);

    /// <summary>The same moment in UTC, which stands in the title of every time.</summary>
    public static string Utc(Instant instant) => $"{Day(instant, UserZone.Utc)}, {Clock(instant, UserZone.Utc)} UTC";

    private static LocalDateTime In(Instant instant, UserZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return instant.InZone(zone.Zone).LocalDateTime;
    }

    private static string SignOf(decimal number, string ofGain) => number switch { < 0 => Minus, > 0 => ofGain, _ => "" };

    private static string Text(decimal number, string format) => number.ToString(format, CultureInfo.InvariantCulture).Replace("-", Minus, StringComparison.Ordinal);
}
