using System.Globalization;
using Microsoft.Extensions.Configuration;
using NCrontab;
using NodaTime;

namespace TraderHub.Functions.Operations;

/// <summary>When a timer is due: an NCRONTAB expression with six fields (five: at second 0), a fixed interval, or <c>%Setting%</c> that holds either.</summary>
internal sealed class TimerSchedule
{
    private static readonly Duration ShortestMonitored = Duration.FromMinutes(1);

    private readonly Func<Instant, Instant> next;

    private TimerSchedule(string expression, Func<Instant, Instant> next)
    {
        Expression = expression;
        this.next = next;
    }

    /// <summary>The schedule's text, its setting resolved.</summary>
    public string Expression { get; }

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimerSchedule Parse(string schedule, IConfiguration settings)
    {
        var expression = Resolve(schedule, settings);
        var hasSeconds = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 5;
        if (CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds }) is { } cron)
        {
            return new TimerSchedule(expression, after => Instant.FromDateTimeUtc(
                DateTime.SpecifyKind(cron.GetNextOccurrence(after.ToDateTimeUtc()), DateTimeKind.Utc)));
        }

        if (TimeSpan.TryParse(expression, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
        {
            return new TimerSchedule(expression, after => after + Duration.FromTimeSpan(interval));
        }

        throw new FormatException($"'{schedule}' is neither an NCRONTAB expression nor a time span.");
    }

    /// <summary>The first occurrence after an instant.</summary>
    public Instant NextAfter(Instant instant) => next(instant);

    /// <summary>Whether runs are worth remembering: schedules of less than a minute are not, as in the Functions host.</summary>
    public bool IsMonitorable(Instant now)
    {
        var first = next(now);
        return next(first) - first >= ShortestMonitored;
    }

    private static string Resolve(string schedule, IConfiguration settings)
    {
        if (schedule.Length < 3 || schedule[0] != '%' || schedule[^1] != '%')
        {
            return schedule;
        }

        var key = schedule[1..^1];
        return settings[key] ?? throw new FormatException($"The schedule '{schedule}' names a setting that is not there.");
    }
}
