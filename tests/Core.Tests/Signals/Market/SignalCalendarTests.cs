using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Signals.Market;

namespace TraderHub.Core.Tests.Signals.Market;

public sealed class SignalCalendarTests
{
    [Theory]
    [InlineData("2024-12-25", "Christmas Day", false)]
    [InlineData("2025-11-27", "Thanksgiving Day", false)]
    [InlineData("2026-07-03", "Independence Day", true)]
    [InlineData("2023-01-02", "New Year's Day", true)]
    [InlineData("2024-03-29", "Good Friday", false)]
    [InlineData("2025-04-18", "Good Friday", false)]
    [InlineData("2024-01-15", "Martin Luther King Jr. Day", false)]
    [InlineData("2024-05-27", "Memorial Day", false)]
    [InlineData("2024-06-19", "Juneteenth", false)]
    [InlineData("2021-06-18", "Juneteenth", true)]
    [InlineData("2022-06-20", "Juneteenth", true)]
    [InlineData("2022-12-26", "Christmas Day", true)]
    public void HolidayOn_AHoliday_NamesIt_AndSaysWhetherItIsObserved(string date, string name, bool isObserved)
    {
        var holiday = SignalCalendar.HolidayOn(Date(date));

        Assert.Equal((name, Date(date), isObserved), (holiday!.Name, holiday.Date, holiday.IsObserved));
        Assert.False(SignalCalendar.IsTradingDay(Date(date)));
    }

    [Theory]
    [InlineData("2020-06-19")]
    [InlineData("2024-03-05")]
    [InlineData("2021-12-31")]
    [InlineData("2027-12-31")]
    [InlineData("2025-01-09")]
    public void HolidayOn_AnOrdinaryDay_IsNull(string date)
    {
        Assert.Null(SignalCalendar.HolidayOn(Date(date)));
        Assert.True(SignalCalendar.IsTradingDay(Date(date)));
    }

    [Theory]
    [InlineData("2022-01-01")]
    [InlineData("2026-07-04")]
    [InlineData("2026-07-05")]
    public void IsTradingDay_AWeekend_IsNone(string date)
    {
        Assert.Null(SignalCalendar.HolidayOn(Date(date)));
        Assert.False(SignalCalendar.IsTradingDay(Date(date)));
    }

    [Fact]
    public void AnyYear_HasEachOfItsHolidaysOnce_OnWeekdays() => Prop.ForAll(Arb.From(Gen.Choose(2020, 2030)), year =>
    {
        var holidays = Enumerable.Range(0, CalendarSystem.Iso.GetDaysInYear(year)).Select(new LocalDate(year, 1, 1).PlusDays)
            .Select(SignalCalendar.HolidayOn).OfType<Core.Jobs.Calendar.MarketHoliday>().ToList();

        // New Year's Day on a Saturday is none, and Juneteenth is one since 2021.
        var expected = 10 - (year < 2021 ? 1 : 0) - (new LocalDate(year, 1, 1).DayOfWeek == IsoDayOfWeek.Saturday ? 1 : 0);
        return holidays.Count == expected
            && holidays.Select(holiday => holiday.Name).Distinct().Count() == expected
            && holidays.TrueForAll(holiday => holiday.Date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday))
            && holidays.TrueForAll(holiday => !holiday.IsObserved || holiday.Date.DayOfWeek is IsoDayOfWeek.Monday or IsoDayOfWeek.Friday);
    }).QuickCheckThrowOnFailure();

    private static LocalDate Date(string text) => LocalDatePattern.Create("uuuu-MM-dd", CultureInfo.InvariantCulture).Parse(text).Value;
}
