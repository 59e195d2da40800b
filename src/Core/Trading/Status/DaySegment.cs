using TraderHub.Core.Trading.Settings;

namespace TraderHub.Core.Trading.Status;

/// <summary>A period's part of one day, as it is drawn: a period over midnight has two, at the day's end and at its beginning.</summary>
/// <param name="Id">Names it among the parts of its list.</param>
/// <param name="Period">The period.</param>
/// <param name="FromMinute">The minute of the day that it begins with.</param>
/// <param name="ToMinute">The minute that it is drawn to; 1440 is the day's end.</param>
public sealed record DaySegment(string Id, TimePeriod Period, int FromMinute, int ToMinute)
{
    /// <summary>The parts of a period.</summary>
    public static IReadOnlyList<DaySegment> Of(TimePeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        var (from, to) = (MinuteOfDay.Of(period.Start), MinuteOfDay.Of(period.End));
        var id = $"{period.Start:HH:mm}-{period.End:HH:mm}";
        return from <= to
            ? [new(id, period, from, to)]
            : [new($"{id}-1", period, from, MinuteOfDay.Count), new($"{id}-2", period, 0, to)];
    }
}
