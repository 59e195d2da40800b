using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Jobs;

public sealed class ReportTimesTests
{
    [Theory]
    [InlineData("pre-market", "2026-07-15", "2026-07-15T12:30:00Z")]
    [InlineData("intraday", "2026-07-15", "2026-07-15T16:00:00Z")]
    [InlineData("end-of-day", "2026-07-15", "2026-07-15T20:05:00Z")]
    [InlineData("end-of-day", "2026-11-20", "2026-11-20T21:05:00Z")]
    [InlineData("end-of-day", "2026-11-27", "2026-11-27T20:05:00Z")]
    [InlineData("end-of-day", "2026-03-06", "2026-03-06T21:05:00Z")]
    [InlineData("end-of-day", "2026-03-09", "2026-03-09T20:05:00Z")]
    [InlineData("pre-market", "2026-11-26", null)]
    [InlineData("intraday", "2026-11-21", null)]
    [InlineData("weekly", "2026-11-22", "2026-11-22T14:00:00Z")]
    [InlineData("weekly", "2026-11-20", null)]
    [InlineData("sector-rotation", "2026-11-20", null)]
    public void DueAt_JoinsTheScheduleWithTheCalendar(string report, string date, string? due) =>
        Assert.Equal(due, ReportTimes.DueAt(report, Date(date))?.ToString());

    [Theory]
    [InlineData("2026-11-27", "2026-11-27T18:05:00Z")]
    [InlineData("2026-11-20", "2026-11-20T21:05:00Z")]
    public void PossibleFrom_AnEndOfDay_IsFiveMinutesAfterTheClose(string date, string from) =>
        Assert.Equal(from, ReportTimes.PossibleFrom(ReportTypes.EndOfDay, Date(date))?.ToString());

    [Theory]
    [InlineData("pre-market", "2026-11-20", "2026-11-20T21:00:00Z", null)]
    [InlineData("pre-market", "2026-11-20", "2026-11-20T11:00:00Z", null)]
    [InlineData("pre-market", "2026-11-23", "2026-11-20T21:00:00Z", "REPORT_NOT_DUE")]
    [InlineData("pre-market", "2026-11-19", "2026-11-20T21:00:00Z", null)]
    [InlineData("intraday", "2026-11-20", "2026-11-20T16:00:00Z", null)]
    [InlineData("intraday", "2026-11-20", "2026-11-20T15:59:59Z", "REPORT_NOT_DUE")]
    [InlineData("intraday", "2026-11-20", "2026-11-21T02:00:00Z", null)]
    [InlineData("intraday", "2026-11-19", "2026-11-20T16:00:00Z", "DAY_IS_OVER")]
    [InlineData("end-of-day", "2026-11-20", "2026-11-20T21:04:59Z", "REPORT_NOT_DUE")]
    [InlineData("end-of-day", "2026-11-26", "2026-11-27T21:05:00Z", "NO_REPORT_OF_DATE")]
    [InlineData("weekly", "2026-11-20", "2026-11-27T21:05:00Z", "NO_REPORT_OF_DATE")]
    public void Refuse_WhatCannotBeMadeHonestly(string report, string date, string now, string? code) =>
        Assert.Equal(code, ReportRefusals.Find(report, Date(date), InstantPattern.General.Parse(now).Value)?.Code);

    [Theory]
    [InlineData("2026-11-16", "2026-W47")]
    [InlineData("2026-11-17", "2026-W47")]
    [InlineData("2026-11-22", "2026-W47")]
    [InlineData("2027-01-03", "2026-W53")]
    [InlineData("2027-01-04", "2027-W01")]
    [InlineData("2024-12-30", "2025-W01")]
    [InlineData("2024-12-31", "2025-W01")]
    public void AWeek_IsNamedByItsThursday_AndReadBack(string date, string name)
    {
        var week = IsoWeek.Of(Date(date));

        Assert.Equal(name, week.ToString());
        Assert.Equal(week, IsoWeek.Parse(name));
        Assert.Equal((IsoDayOfWeek.Monday, IsoDayOfWeek.Friday, IsoDayOfWeek.Sunday), (week.Monday.DayOfWeek, week.Friday.DayOfWeek, week.Sunday.DayOfWeek));
    }

    [Fact]
    public void EveryDayOfTenYears_IsInTheWeekThatItsWeeksNameReads()
    {
        var first = new LocalDate(2020, 1, 1);
        Assert.All(Enumerable.Range(0, 3650).Select(first.PlusDays), date =>
        {
            var week = IsoWeek.Parse(IsoWeek.Of(date).ToString())!.Value;
            Assert.True(week.Monday <= date && date <= week.Sunday);
        });
    }

    [Theory]
    [InlineData("2026-W54")]
    [InlineData("2025-W53")]
    [InlineData("2026-W00")]
    [InlineData("2026-W7")]
    [InlineData("2026-11-16")]
    [InlineData("")]
    public void Parse_AnythingElse_IsNone(string text) => Assert.Null(IsoWeek.Parse(text));

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
