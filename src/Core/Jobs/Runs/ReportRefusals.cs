using NodaTime;
using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>Why a report of a date cannot be made now.</summary>
public static class ReportRefusals
{
    /// <summary>A run of the same report and date is under way.</summary>
    public static Error Running { get; } = new(
        ErrorKind.Conflict, "REPORT_RUNNING", "A run of this report and date is under way. One that hangs is marked as failed after 30 minutes.");

    /// <summary>The reason; null when the report can be made.</summary>
    public static Error? Find(string reportType, LocalDate date, Instant now)
    {
        if (ReportTimes.PossibleFrom(reportType, date) is not { } from)
        {
            return new(ErrorKind.Conflict, "NO_REPORT_OF_DATE", WhyNone(reportType, date));
        }

        // What was made out to be a day's midday would be made of its closing prices.
        if (reportType == ReportTypes.Intraday && date < BusinessDate.Of(now))
        {
            return new(ErrorKind.Conflict, "DAY_IS_OVER", "An intraday report compares with the prices of its own day, and cannot be made afterwards.");
        }

        // The morning's may be made early on its own day: it looks at the days before alone.
        var isEarlyMorning = reportType == ReportTypes.PreMarket && date == BusinessDate.Of(now);
        return now < from && !isEarlyMorning
            ? new(ErrorKind.Conflict, "REPORT_NOT_DUE", $"The {reportType} report of {date.ToIso()} can be made from {from.ToIso()} on.")
            : null;
    }

    private static string WhyNone(string reportType, LocalDate date) => reportType == ReportTypes.Weekly
        ? "A weekly report is of the Sunday that ends its week."
        : ExchangeCalendar.HolidayOn(date) is { } holiday
            ? $"The exchange stays closed on {date.ToIso()}: {holiday}."
            : $"The exchange stays closed on {date.ToIso()}, a {date.DayOfWeek}.";
}
