using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>The days and hours of the New York Stock Exchange, by its rules; closings that it declares for one occasion are not known here.</summary>
public static class MarketCalendar
{
    private static readonly LocalTime Close = new(16, 0);

    private static readonly LocalTime EarlyClose = new(13, 0);

    /// <summary>The holiday that keeps the market closed on a weekday; null on other days.</summary>
    public static string? HolidayOf(LocalDate date)
    {
        // New Year's Day on a Saturday is not made up for: the Friday before belongs to the old year's books.
        if (IsObserved(date, 1, 1, onFridayBefore: false))
        {
            return "New Year's Day";
        }

        return date switch
        {
            _ when date == Nth(date.Year, 1, IsoDayOfWeek.Monday, 3) => "Martin Luther King Jr. Day",
            _ when date == Nth(date.Year, 2, IsoDayOfWeek.Monday, 3) => "Washington's Birthday",
            _ when date == GoodFriday(date.Year) => "Good Friday",
            _ when IsLastMondayOfMay(date) => "Memorial Day",
            _ when date.Year >= 2022 && IsObserved(date, 6, 19) => "Juneteenth",
            _ when IsObserved(date, 7, 4) => "Independence Day",
            _ when date == Nth(date.Year, 9, IsoDayOfWeek.Monday, 1) => "Labor Day",
            _ when date == Thanksgiving(date.Year) => "Thanksgiving Day",
            _ when IsObserved(date, 12, 25) => "Christmas Day",
            _ => null,
        };
    }

    /// <summary>Whether the market opens on a date.</summary>
    public static bool IsTradingDay(LocalDate date) => date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && HolidayOf(date) is null;

    /// <summary>When the market closes on a trading day: at 13:00 in New York before some holidays, else at 16:00.</summary>
    public static Instant CloseOf(LocalDate date) =>
        (date + (IsShort(date) ? EarlyClose : Close)).InZoneStrictly(BusinessDate.NewYork).ToInstant();

    private static bool IsShort(LocalDate date) =>
        date == Thanksgiving(date.Year).PlusDays(1)
        || (date is { Month: 12, Day: 24 } && IsTradingDay(date))
        || (date is { Month: 7, Day: 3 } && IsTradingDay(date) && date.DayOfWeek != IsoDayOfWeek.Friday);

    private static bool IsObserved(LocalDate date, int month, int day, bool onFridayBefore = true)
    {
        var holiday = new LocalDate(date.Year, month, day);
        return date == holiday.DayOfWeek switch
        {
            IsoDayOfWeek.Sunday => holiday.PlusDays(1),
            IsoDayOfWeek.Saturday when onFridayBefore => holiday.PlusDays(-1),
            _ => holiday,
        };
    }

    private static bool IsLastMondayOfMay(LocalDate date) => date.Month == 5 && date.DayOfWeek == IsoDayOfWeek.Monday && date.PlusWeeks(1).Month == 6;

    private static LocalDate Thanksgiving(int year) => Nth(year, 11, IsoDayOfWeek.Thursday, 4);

    private static LocalDate Nth(int year, int month, IsoDayOfWeek day, int number) =>
        LocalDate.FromYearMonthWeekAndDay(year, month, number, day);

    /// <summary>Two days before Easter Sunday, by the Gregorian computus.</summary>
    private static LocalDate GoodFriday(int year)
    {
        var (golden, century) = (year % 19, year / 100);
        var epact = (century - (century / 4) - (((8 * century) + 13) / 25) + (19 * golden) + 15) % 30;
        var moon = epact - (epact / 28 * (1 - (29 / (epact + 1) * ((21 - golden) / 11))));
        var weekday = (year + (year / 4) + moon + 2 - century + (century / 4)) % 7;
        return new LocalDate(year, 3, 28).PlusDays(moon - weekday).PlusDays(-2);
    }
}
