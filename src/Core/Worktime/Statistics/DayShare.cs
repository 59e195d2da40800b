using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Statistics;

/// <summary>What a session counts on one day.</summary>
/// <param name="Date">The day, of the session's zone.</param>
/// <param name="Seconds">How much of its duration.</param>
/// <param name="Sessions">1 on the day that it began, 0 on those that follow.</param>
public readonly record struct DayShare(LocalDate Date, long Seconds, int Sessions)
{
    /// <summary>
    /// A session's shares, in the order of the days. Its seconds are spread evenly from its start to its end, and cut where days end; each cut is rounded
    /// down for what lies before it, so none is lost or added (rule V2).
    /// </summary>
    public static IReadOnlyList<DayShare> Of(Instant start, Instant end, long seconds, UserZone zone)
    {
        var day = LocalDay.Containing(start, zone);
        if (end <= day.End)
        {
            return [new(day.Date, seconds, 1)];
        }

        var shares = new List<DayShare>();
        var counted = 0L;
        while (true)
        {
            var until = SecondsUntil(Instant.Min(day.End, end), start, end, seconds);
            if (until > counted || shares.Count == 0)
            {
                shares.Add(new(day.Date, until - counted, shares.Count == 0 ? 1 : 0));
            }

            if (end <= day.End)
            {
                return shares;
            }

            counted = until;
            day = LocalDay.Of(day.Date.PlusDays(1), zone);
        }
    }

    private static long SecondsUntil(Instant cut, Instant start, Instant end, long seconds)
    {
        var passed = cut.ToUnixTimeMilliseconds() - start.ToUnixTimeMilliseconds();
        var whole = end.ToUnixTimeMilliseconds() - start.ToUnixTimeMilliseconds();
        return (long)((Int128)seconds * passed / whole);
    }
}
