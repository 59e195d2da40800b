using NodaTime;

namespace TraderHub.Core.Trading.Status;

/// <summary>The minutes of a day on a clock, from 0 at midnight.</summary>
public static class MinuteOfDay
{
    /// <summary>How many a day has.</summary>
    public const int Count = 24 * 60;

    /// <summary>The minute of a time; its seconds do not count.</summary>
    public static int Of(LocalTime time) => (time.Hour * 60) + time.Minute;
}
