using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Calendar;

/// <summary>When the New York exchanges trade: computed for any year, looked up in no table (rule R2).</summary>
public static class ExchangeCalendar
{
    private static readonly LocalTime OpeningTime = new(9, 30);

    private static readonly LocalTime ClosingTime = new(16, 0);

    private static readonly LocalTime EarlyClosingTime = new(13, 0);

    /// <summary>The holiday that a date is, observed days included; null for every other date, weekends too.</summary>
    public static string? HolidayOn(LocalDate date) => IsWeekend(date) ? null : ExchangeHolidays.Find(date);

    /// <summary>Whether a date is a Saturday or a Sunday.</summary>
    public static bool IsWeekend(LocalDate date) => date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    /// <summary>A date's session; null when the exchanges stay closed.</summary>
    public static ExchangeSession? SessionOn(LocalDate date)
    {
        if (IsWeekend(date) || HolidayOn(date) is not null)
        {
            return null;
        }

        var isEarly = IsEarlyClose(date);
        return new(date, At(date, OpeningTime), At(date, isEarly ? EarlyClosingTime : ClosingTime), isEarly);
    }

    /// <summary>The days of a stretch, both ends included, that have a session.</summary>
    public static IEnumerable<LocalDate> SessionDates(LocalDate first, LocalDate last)
    {
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            if (SessionOn(date) is not null)
            {
                yield return date;
            }
        }
    }

    /// <summary>The days before Independence Day and Christmas, and the one after Thanksgiving. They are asked about only when there is a session.</summary>
    private static bool IsEarlyClose(LocalDate date) =>
        date is { Month: 7, Day: 3 } or { Month: 12, Day: 24 } || date == ExchangeHolidays.Thanksgiving(date.Year).PlusDays(1);

    /// <summary>Clocks change at night: every one of these times of day happens exactly once.</summary>
    private static Instant At(LocalDate date, LocalTime time) => BusinessDate.NewYork.AtStrictly(date.At(time)).ToInstant();
}
