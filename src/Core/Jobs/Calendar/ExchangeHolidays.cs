using NodaTime;

namespace TraderHub.Core.Jobs.Calendar;

/// <summary>The days on which the New York exchanges stay closed, by the exchanges' own rules (rule R2).</summary>
internal static class ExchangeHolidays
{
    private const int FirstJuneteenth = 2022;

    /// <summary>Closings that no rule foretells. One that is not here yet only makes a job find no new prices, and say so.</summary>
    private static readonly Dictionary<LocalDate, string> Extraordinary = new()
    {
        [new(2018, 12, 5)] = "Day of mourning for George H. W. Bush",
        [new(2025, 1, 9)] = "Day of mourning for Jimmy Carter",
    };

    /// <summary>The holiday that a date is, observed days included; null for every other date.</summary>
    public static string? Find(LocalDate date) =>
        Extraordinary.GetValueOrDefault(date) ?? OfYear(date.Year, FirstJuneteenth).FirstOrDefault(holiday => holiday.Date == date)?.Name;

    /// <summary>A year's holidays, as they are observed.</summary>
    public static IReadOnlyList<MarketHoliday> OfYear(int year, int firstJuneteenth) =>
    [
        NewYear(year),
        new("Martin Luther King Jr. Day", Nth(3, IsoDayOfWeek.Monday, year, 1), IsObserved: false),
        new("Washington's Birthday", Nth(3, IsoDayOfWeek.Monday, year, 2), IsObserved: false),
        new("Good Friday", EasterSunday(year).PlusDays(-2), IsObserved: false),
        new("Memorial Day", new LocalDate(year, 6, 1).Previous(IsoDayOfWeek.Monday), IsObserved: false),
        .. year < firstJuneteenth ? [] : new[] { Observed("Juneteenth", new(year, 6, 19)) },
        Observed("Independence Day", new(year, 7, 4)),
        new("Labor Day", Nth(1, IsoDayOfWeek.Monday, year, 9), IsObserved: false),
        new("Thanksgiving Day", Thanksgiving(year), IsObserved: false),
        Observed("Christmas Day", new(year, 12, 25)),
    ];

    /// <summary>The fourth Thursday of November.</summary>
    public static LocalDate Thanksgiving(int year) => Nth(4, IsoDayOfWeek.Thursday, year, 11);

    /// <summary>A holiday on a Saturday is observed the day before, one on a Sunday the day after.</summary>
    private static MarketHoliday Observed(string name, LocalDate date) => date.DayOfWeek switch
    {
        IsoDayOfWeek.Saturday => new(name, date.PlusDays(-1), IsObserved: true),
        IsoDayOfWeek.Sunday => new(name, date.PlusDays(1), IsObserved: true),
        _ => new(name, date, IsObserved: false),
    };

    /// <summary>New Year on a Saturday is not observed at all: the day before ends a month and a year, and is traded.</summary>
    private static MarketHoliday NewYear(int year)
    {
        const string Name = "New Year's Day";

        var date = new LocalDate(year, 1, 1);
        return date.DayOfWeek == IsoDayOfWeek.Saturday ? new(Name, date, IsObserved: false) : Observed(Name, date);
    }

    private static LocalDate Nth(int n, IsoDayOfWeek day, int year, int month) =>
        new LocalDate(year, month, 1).PlusDays(-1).Next(day).PlusWeeks(n - 1);

    /// <summary>Easter in the Gregorian calendar, by the computation that is known as Meeus/Jones/Butcher.</summary>
    private static LocalDate EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, yearOfCentury) = (year / 100, year % 100);
        var moonCorrection = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - (century / 4) - moonCorrection + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (yearOfCentury / 4)) - epact - (yearOfCentury % 4)) % 7;
        var shift = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * shift) + 114;
        return new(year, days / 31, (days % 31) + 1);
    }
}
