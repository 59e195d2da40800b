using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Jobs;

public sealed class MarketCalendarTests
{
    [Theory]
    [InlineData("2026-01-01", "New Year's Day")]
    [InlineData("2023-01-02", "New Year's Day")]
    [InlineData("2021-12-31", null)]
    [InlineData("2026-01-19", "Martin Luther King Jr. Day")]
    [InlineData("2026-02-16", "Washington's Birthday")]
    [InlineData("2026-04-03", "Good Friday")]
    [InlineData("2025-04-18", "Good Friday")]
    [InlineData("2024-03-29", "Good Friday")]
    [InlineData("2038-04-23", "Good Friday")]
    [InlineData("2026-05-25", "Memorial Day")]
    [InlineData("2026-06-19", "Juneteenth")]
    [InlineData("2021-06-18", null)]
    [InlineData("2026-07-03", "Independence Day")]
    [InlineData("2027-07-05", "Independence Day")]
    [InlineData("2026-09-07", "Labor Day")]
    [InlineData("2026-11-26", "Thanksgiving Day")]
    [InlineData("2026-12-25", "Christmas Day")]
    [InlineData("2021-12-24", "Christmas Day")]
    [InlineData("2026-11-20", null)]
    public void HolidayOf_IsTheExchanges(string date, string? expected) => Assert.Equal(expected, MarketCalendar.HolidayOf(Date(date)));

    [Theory]
    [InlineData("2026-11-20", "2026-11-20T21:00:00Z")]
    [InlineData("2026-07-01", "2026-07-01T20:00:00Z")]
    [InlineData("2026-11-27", "2026-11-27T18:00:00Z")]
    [InlineData("2026-12-24", "2026-12-24T18:00:00Z")]
    [InlineData("2025-07-03", "2025-07-03T17:00:00Z")]
    public void CloseOf_IsNewYorks(string date, string expected) => Assert.Equal(At(expected), MarketCalendar.CloseOf(Date(date)));

    [Theory]
    [InlineData("2026-11-20", "2026-11-20T21:05:00Z")]
    [InlineData("2026-07-01", "2026-07-01T20:05:00Z")]
    [InlineData("2026-11-27", "2026-11-27T20:05:00Z")]
    [InlineData("2026-11-26", null)]
    [InlineData("2026-11-21", null)]
    public void DueAt_TheEndOfDay_IsTheFirstOfTheTimersTimesAfterTheClose(string date, string? expected) =>
        Assert.Equal(expected is null ? null : At(expected), ReportSchedule.DueAt(ReportTypes.EndOfDay, Date(date)));

    [Fact]
    public void DueAt_TheWeekly_IsOnSundays_AlsoOfAHolidaysWeek()
    {
        Assert.Equal(At("2026-11-29T14:00:00Z"), ReportSchedule.DueAt(ReportTypes.Weekly, Date("2026-11-29")));
        Assert.Null(ReportSchedule.DueAt(ReportTypes.Weekly, Date("2026-11-28")));
    }

    [Theory]
    [InlineData("2026-11-20T02:00:00Z", "2026-11-19")]
    [InlineData("2026-11-20T05:00:00Z", "2026-11-20")]
    [InlineData("2026-07-02T03:59:59Z", "2026-07-01")]
    [InlineData("2026-07-02T04:00:00Z", "2026-07-02")]
    [InlineData("2026-11-02T04:59:59Z", "2026-11-01")]
    [InlineData("2026-03-09T03:59:59Z", "2026-03-08")]
    public void BusinessDate_IsNewYorksDate_WhateverTheClocksDo(string instant, string expected) =>
        Assert.Equal(Date(expected), BusinessDate.Of(At(instant)));

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
