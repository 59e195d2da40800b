using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Core.Trading.Status;

/// <summary>A trader's plan of the day (rule P4): for each minute of the local clock, whether it is for trading.</summary>
public sealed class TradingHours
{
    private readonly TradingState[] states = new TradingState[MinuteOfDay.Count];

    /// <summary>The plan of two lists. What is avoided is avoided, whatever the other list says.</summary>
    public TradingHours(IEnumerable<TimePeriod> preferred, IEnumerable<TimePeriod> avoided)
    {
        Mark(preferred, TradingState.Preferred);
        Mark(avoided, TradingState.Avoided);
    }

    /// <summary>The state at an instant.</summary>
    public TradingState StateAt(Instant instant, UserZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return states[MinuteOfDay.Of(instant.InZone(zone.Zone).TimeOfDay)];
    }

    /// <summary>
    /// The first instant after one at which the state is another; null when it never is. It is looked for in real time: clocks that go forward or back
    /// leave out or repeat what they pass over.
    /// </summary>
    public Instant? NextChangeAfter(Instant instant, UserZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var state = StateAt(instant, zone);
        if (states.All(other => other == state))
        {
            return null;
        }

        do
        {
            instant = NextTurn(instant, zone.Zone);
        }
        while (StateAt(instant, zone) == state);

        return instant;
    }

    /// <summary>The next instant at which the state can change: the plan does, or the clocks are set.</summary>
    private Instant NextTurn(Instant instant, DateTimeZone zone)
    {
        var interval = zone.GetZoneInterval(instant);
        var local = instant.InZone(zone).TimeOfDay;
        var minute = MinuteOfDay.Of(local);
        var minutesAhead = 1;
        while (minutesAhead < MinuteOfDay.Count && states[(minute + minutesAhead) % MinuteOfDay.Count] == states[minute])
        {
            minutesAhead++;
        }

        var intoMinute = Duration.FromNanoseconds(local.NanosecondOfDay % NodaConstants.NanosecondsPerMinute);
        var turn = instant - intoMinute + Duration.FromMinutes(minutesAhead);
        return interval.HasEnd && interval.End < turn ? interval.End : turn;
    }

    private void Mark(IEnumerable<TimePeriod> periods, TradingState state)
    {
        foreach (var period in periods)
        {
            var end = MinuteOfDay.Of(period.End);
            for (var minute = MinuteOfDay.Of(period.Start); ; minute = (minute + 1) % MinuteOfDay.Count)
            {
                states[minute] = state;
                if (minute == end)
                {
                    break;
                }
            }
        }
    }
}
