using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Jobs;

public sealed class ExchangeCalendarTests
{
    /// <summary>As the New York Stock Exchange published them.</summary>
    [Theory]
    [InlineData(2022, "0117 0221 0415 0530 0620 0704 0905 1124 1226", "1125")]
    [InlineData(2023, "0102 0116 0220 0407 0529 0619 0704 0904 1123 1225", "0703 1124")]
    [InlineData(2024, "0101 0115 0219 0329 0527 0619 0704 0902 1128 1225", "0703 1129 1224")]
    [InlineData(2025, "0101 0109 0120 0217 0418 0526 0619 0704 0901 1127 1225", "0703 1128 1224")]
    [InlineData(2026, "0101 0119 0216 0403 0525 0619 0703 0907 1126 1225", "1127 1224")]
    [InlineData(2027, "0101 0118 0215 0326 0531 0618 0705 0906 1125 1224", "1126")]
    [InlineData(2028, "0117 0221 0414 0529 0619 0704 0904 1123 1225", "0703 1124")]
    public void AYear_HasThePublishedHolidaysAndEarlyCloses(int year, string holidays, string earlyCloses)
    {
        var days = Enumerable.Range(0, CalendarSystem.Iso.GetDaysInYear(year)).Select(new LocalDate(year, 1, 1).PlusDays).ToList();

        Assert.Equal(holidays, Names(days.Where(day => ExchangeCalendar.HolidayOn(day) is not null)));
        Assert.Equal(earlyCloses, Names(days.Where(day => ExchangeCalendar.SessionOn(day) is { IsEarlyClose: true })));
    }

    [Theory]
    [InlineData("2026-11-26", "Thanksgiving Day")]
    [InlineData("2026-04-03", "Good Friday")]
    [InlineData("2026-07-03", "Independence Day")]
    [InlineData("2022-06-20", "Juneteenth")]
    [InlineData("2021-06-18", null)]
    [InlineData("2021-12-31", null)]
    [InlineData("2022-01-01", null)]
    [InlineData("2025-01-09", "Day of mourning for Jimmy Carter")]
    [InlineData("2026-11-28", null)]
    public void HolidayOn_NamesTheHoliday(string date, string? name) => Assert.Equal(name, ExchangeCalendar.HolidayOn(Date(date)));

    [Theory]
    [InlineData("2026-07-15", "2026-07-15T13:30:00Z", "2026-07-15T20:00:00Z")]
    [InlineData("2026-11-20", "2026-11-20T14:30:00Z", "2026-11-20T21:00:00Z")]
    [InlineData("2026-11-27", "2026-11-27T14:30:00Z", "2026-11-27T18:00:00Z")]
    [InlineData("2025-07-03", "2025-07-03T13:30:00Z", "2025-07-03T17:00:00Z")]
    [InlineData("2026-03-06", "2026-03-06T14:30:00Z", "2026-03-06T21:00:00Z")]
    [InlineData("2026-03-09", "2026-03-09T13:30:00Z", "2026-03-09T20:00:00Z")]
    [InlineData("2026-10-30", "2026-10-30T13:30:00Z", "2026-10-30T20:00:00Z")]
    [InlineData("2026-11-02", "2026-11-02T14:30:00Z", "2026-11-02T21:00:00Z")]
    public void SessionOn_FollowsNewYorksClocks(string date, string open, string close)
    {
        var session = ExchangeCalendar.SessionOn(Date(date))!;

        Assert.Equal((open, close), (session.Open.ToString(), session.Close.ToString()));
        Assert.True(session.Contains(session.Open));
        Assert.False(session.Contains(session.Close));
    }

    [Theory]
    [InlineData("2026-11-21")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-26")]
    public void SessionOn_AClosedDay_IsNone(string date) => Assert.Null(ExchangeCalendar.SessionOn(Date(date)));

    [Fact]
    public void EverySession_IsOnItsBusinessDate_AndEveryWeekHasThree() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 365 * 80).Select(new LocalDate(1998, 1, 5).PlusDays)),
        date =>
        {
            var monday = date.PlusDays(1 - (int)date.DayOfWeek);
            var sessions = ExchangeCalendar.SessionDates(monday, monday.PlusDays(6)).Select(day => ExchangeCalendar.SessionOn(day)!).ToList();
            return sessions.Count is >= 3 and <= 5
                && sessions.TrueForAll(session => BusinessDate.Of(session.Open) == session.Date && BusinessDate.Of(session.Close) == session.Date);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("2026-11-21T02:00:00Z", "2026-11-20")]
    [InlineData("2026-11-21T04:59:59Z", "2026-11-20")]
    [InlineData("2026-11-21T05:00:00Z", "2026-11-21")]
    [InlineData("2026-07-21T03:59:59Z", "2026-07-20")]
    [InlineData("2026-07-21T04:00:00Z", "2026-07-21")]
    public void TheBusinessDate_IsNewYorksDate(string instant, string date) =>
        Assert.Equal(Date(date), BusinessDate.Of(InstantPattern.General.Parse(instant).Value));

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    private static string Names(IEnumerable<LocalDate> dates) =>
        string.Join(' ', dates.Select(date => date.ToString("MMdd", CultureInfo.InvariantCulture)));
}
