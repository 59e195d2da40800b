using System.Globalization;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Settings;
using TraderHub.Core.Trading.Status;

namespace TraderHub.Functions.Trading;

/// <summary>The answer of <c>GET /api/trading-status</c>: what a bar of the day shows.</summary>
/// <param name="State"><c>avoided</c>, <c>preferred</c> or <c>neutral</c>.</param>
/// <param name="CurrentUserTime">The caller's time of day, as <c>HH:MM</c>.</param>
/// <param name="ClassName">The style of the text.</param>
/// <param name="Emoji">The state as a sign.</param>
/// <param name="Text">The state in words.</param>
/// <param name="CurrentPositionPercent">How much of the day's 1440 minutes is over, in percent.</param>
/// <param name="Periods">The parts of the bar, in the order in which they are drawn over each other.</param>
/// <param name="NextChangeAt">When the state is the next time another, in UTC; null when never.</param>
/// <param name="At">The instant that this is for, in UTC.</param>
/// <param name="Timezone">The zone that was used.</param>
public sealed record TradingStatusAnswer(
    string State,
    string CurrentUserTime,
    string ClassName,
    string Emoji,
    string Text,
    decimal CurrentPositionPercent,
    IReadOnlyList<TradingPeriod> Periods,
    string? NextChangeAt,
    string At,
    TimezoneInUse Timezone)
{
    /// <summary>The answer for an instant.</summary>
    public static TradingStatusAnswer From(AdvancedSettings settings, Instant at, UserZone zone, string zoneSource)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(zone);
        var hours = new TradingHours(settings.PreferredTradingTimes, settings.AvoidedTradingTimes);
        var local = at.InZone(zone.Zone).TimeOfDay;
        var (state, className, emoji, text) = hours.StateAt(at, zone) switch
        {
            TradingState.Avoided => ("avoided", "text-red-600 dark:text-red-400", "🚫", "Avoid Trading"),
            TradingState.Preferred => ("preferred", "text-green-600 dark:text-green-400", "✅", "Optimal Trading Time"),
            _ => ("neutral", "text-gray-600 dark:text-gray-400", "⏰", "Neutral Time"),
        };
        return new(
            state,
            local.ToString("HH:mm", CultureInfo.InvariantCulture),
            className,
            emoji,
            text,
            TradingPeriod.PercentOf(MinuteOfDay.Of(local)),
            [
                .. settings.AvoidedTradingTimes.SelectMany(DaySegment.Of).Select(TradingPeriod.OfAvoided),
                .. settings.PreferredTradingTimes.SelectMany(DaySegment.Of).Select(TradingPeriod.OfPreferred),
            ],
            hours.NextChangeAfter(at, zone)?.ToIso(),
            at.ToIso(),
            TimezoneInUse.From(zone, zoneSource, at));
    }
}

/// <summary>A part of the bar. A period over midnight has two.</summary>
/// <param name="Id">Names it in its list.</param>
/// <param name="Kind"><c>avoided</c> or <c>preferred</c>.</param>
/// <param name="Label">What the trader calls the period.</param>
/// <param name="Start">The minute that the period begins with, as <c>HH:MM</c>.</param>
/// <param name="End">The minute that it ends with.</param>
/// <param name="ClassName">The style of the part.</param>
/// <param name="LeftPercent">Where it begins, in percent of the day.</param>
/// <param name="WidthPercent">How wide it is, in percent of the day.</param>
public sealed record TradingPeriod(
    string Id, string Kind, string Label, string Start, string End, string ClassName, decimal LeftPercent, decimal WidthPercent)
{
    internal static TradingPeriod OfAvoided(DaySegment segment) => From(segment, "avoided", "Avoid", "absolute h-full bg-red-500/30");

    internal static TradingPeriod OfPreferred(DaySegment segment) => From(segment, "preferred", "Preferred", "absolute h-full bg-green-500/30");

    /// <summary>Minutes in percent of a day.</summary>
    internal static decimal PercentOf(int minutes) => decimal.Round(minutes * 100m / MinuteOfDay.Count, 4);

    private static TradingPeriod From(DaySegment segment, string kind, string labelOfUnnamed, string className) => new(
        segment.Id,
        kind,
        string.IsNullOrWhiteSpace(segment.Period.Label) ? labelOfUnnamed : segment.Period.Label,
        segment.Period.Start.ToString("HH:mm", CultureInfo.InvariantCulture),
        segment.Period.End.ToString("HH:mm", CultureInfo.InvariantCulture),
        className,
        PercentOf(segment.FromMinute),
        PercentOf(segment.ToMinute - segment.FromMinute));
}
