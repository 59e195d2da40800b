using NodaTime;
using TraderHub.Core.Jobs.Calendar;

namespace TraderHub.Core.Jobs.Reports;

/// <summary>When each report is due: the timers' schedules, in UTC, joined with the exchange's calendar (rule R8).</summary>
public static class ReportTimes
{
    private static readonly LocalTime Morning = new(12, 30);

    private static readonly LocalTime Midday = new(16, 0);

    private static readonly LocalTime[] Evenings = [new(20, 5), new(21, 5)];

    private static readonly LocalTime Sunday = new(14, 0);

    private static readonly Duration AfterClose = Duration.FromMinutes(5);

    /// <summary>When a report of a business date is due; null when there is none of that date.</summary>
    public static Instant? DueAt(string reportType, LocalDate date) => (reportType, ExchangeCalendar.SessionOn(date)) switch
    {
        (ReportTypes.Weekly, _) => date.DayOfWeek == IsoDayOfWeek.Sunday ? At(date, Sunday) : null,
        (ReportTypes.PreMarket, not null) => MorningOf(date),
        (ReportTypes.Intraday, not null) => At(date, Midday),

        // Offered twice, so that the first offer after the close is right in winter, in summer and on days that end early.
        (ReportTypes.EndOfDay, { } session) => Evenings.Select(time => At(date, time)).First(offer => offer >= session.Close + AfterClose),
        _ => null,
    };

    /// <summary>From when on a report can be made at all; before that its prices are not there. Null when there is none of that date.</summary>
    public static Instant? PossibleFrom(string reportType, LocalDate date) =>
        reportType == ReportTypes.EndOfDay ? ExchangeCalendar.SessionOn(date)?.Close + AfterClose : DueAt(reportType, date);

    /// <summary>When the pre-market report of a weekday is due.</summary>
    public static Instant MorningOf(LocalDate date) => At(date, Morning);

    private static Instant At(LocalDate date, LocalTime time) => date.At(time).InUtc().ToInstant();
}
