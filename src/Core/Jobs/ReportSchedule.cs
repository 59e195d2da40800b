using NodaTime;

namespace TraderHub.Core.Jobs;

/// <summary>
/// When each scheduled report is due. The times are UTC's, as the timers' are; the end-of-day report waits for New York's close, in winter and on short
/// days too.
/// </summary>
public static class ReportSchedule
{
    private static readonly Duration AfterClose = Duration.FromMinutes(5);

    /// <summary>When a report is due for a business date; null when it is not made for that date.</summary>
    public static Instant? DueAt(string reportType, LocalDate date)
    {
        if (reportType == ReportTypes.Weekly)
        {
            return date.DayOfWeek == IsoDayOfWeek.Sunday ? At(date, 14, 0) : null;
        }

        return MarketCalendar.IsTradingDay(date)
            ? reportType switch
            {
                ReportTypes.PreMarket => At(date, 12, 30),
                ReportTypes.Intraday => At(date, 16, 0),
                ReportTypes.EndOfDay => EndOfDay(date),
                _ => null,
            }
            : null;
    }

    /// <summary>The timer's first time that is after the close and the five minutes that prices need to settle.</summary>
    private static Instant EndOfDay(LocalDate date)
    {
        var first = At(date, 20, 5);
        return first >= MarketCalendar.CloseOf(date) + AfterClose ? first : At(date, 21, 5);
    }

    private static Instant At(LocalDate date, int hour, int minute) => date.At(new LocalTime(hour, minute)).InUtc().ToInstant();
}
