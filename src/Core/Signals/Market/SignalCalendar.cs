using NodaTime;
using TraderHub.Core.Jobs.Calendar;

namespace TraderHub.Core.Signals.Market;

/// <summary>
/// The days on which the bot keeps silent, by its own rules: Juneteenth since it is a holiday, and no closings that no rule foretells (rule F23).
/// </summary>
public static class SignalCalendar
{
    private const int FirstJuneteenth = 2021;

    /// <summary>The holiday that a date of New York is, observed days included; null for every other date, weekends too.</summary>
    public static MarketHoliday? HolidayOn(LocalDate date) =>
        ExchangeCalendar.IsWeekend(date) ? null : ExchangeHolidays.OfYear(date.Year, FirstJuneteenth).FirstOrDefault(holiday => holiday.Date == date);

    /// <summary>Whether a date of New York is neither a holiday nor of a weekend.</summary>
    public static bool IsTradingDay(LocalDate date) => !ExchangeCalendar.IsWeekend(date) && HolidayOn(date) is null;
}
