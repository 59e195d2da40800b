using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Settings;
using TraderHub.Core.Trading.Status;

namespace TraderHub.Core.Tests.Trading;

public sealed class TradingHoursTests
{
    private static readonly Config AtLeast300Cases = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static readonly UserZone Berlin = UserZone.FromId("Europe/Berlin")!;

    private static readonly Gen<UserZone> Zones = Gen.OneOf(
        Gen.Choose(-48, 56).Select(quarterHours => UserZone.FromOffset(quarterHours / 4m)!),
        Gen.Elements(DateTimeZoneProviders.Tzdb.Ids.ToArray()).Select(id => UserZone.FromId(id)!));

    /// <summary>From 1975: before that, some zones were seconds away from whole minutes.</summary>
    private static readonly Gen<Instant> Instants =
        Gen.Choose(160_000_000, int.MaxValue).Select(seconds => Instant.FromUnixTimeSeconds(seconds));

    private static readonly Gen<TimePeriod[]> PeriodLists =
        from count in Gen.Choose(0, 3)
        from minutes in Gen.Choose(0, 1439).ArrayOf(count * 2)
        select minutes.Chunk(2).Select(pair => new TimePeriod(TimeOf(pair[0]), TimeOf(pair[1]), null)).ToArray();

    private static readonly Gen<Plan> Plans =
        from preferred in PeriodLists
        from avoided in PeriodLists
        from zone in Zones
        from instant in Instants
        select new Plan(preferred, avoided, zone, instant);

    [Fact]
    public void StateAt_IsThatOfTheListsWhereverTheClockStands() =>
        Check(plan => plan.Hours.StateAt(plan.At, plan.Zone) == plan.StateAt(plan.At));

    [Fact]
    public void NextChangeAfter_IsTheFirstMinuteThatIsAnotherWhenOneStepsFromMinuteToMinute() =>
        Check(plan => plan.Hours.NextChangeAfter(plan.At, plan.Zone) == plan.StepToChange());

    [Theory]
    [InlineData("08:59", TradingState.Neutral)]
    [InlineData("09:00", TradingState.Preferred)]
    [InlineData("11:59", TradingState.Preferred)]
    [InlineData("12:00", TradingState.Avoided)]
    [InlineData("13:00", TradingState.Avoided)]
    [InlineData("13:01", TradingState.Preferred)]
    [InlineData("17:00", TradingState.Preferred)]
    [InlineData("17:01", TradingState.Neutral)]
    [InlineData("21:59", TradingState.Neutral)]
    [InlineData("22:00", TradingState.Avoided)]
    [InlineData("00:00", TradingState.Avoided)]
    [InlineData("06:00", TradingState.Avoided)]
    [InlineData("06:01", TradingState.Neutral)]
    [InlineData("07:30", TradingState.Preferred)]
    [InlineData("07:31", TradingState.Neutral)]
    public void StateAt_BothEndsBelongToAPeriod_AndAvoidedWins(string time, TradingState expected)
    {
        var hours = new TradingHours([Period("09:00", "17:00"), Period("07:30", "07:30")], [Period("12:00", "13:00"), Period("22:00", "06:00")]);
        var local = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value;

        Assert.Equal(expected, hours.StateAt(Instant.FromUtc(2026, 11, 21, local.Hour, local.Minute, 59), UserZone.Utc));
    }

    [Fact]
    public void NextChangeAfter_WithoutAPlan_OrWithOneForTheWholeDay_IsNever()
    {
        var now = Instant.FromUtc(2026, 11, 21, 9, 40);

        Assert.Null(new TradingHours([], []).NextChangeAfter(now, Berlin));
        Assert.Null(new TradingHours([Period("00:00", "23:59")], []).NextChangeAfter(now, Berlin));
        Assert.Null(new TradingHours([Period("09:00", "10:00")], [Period("12:00", "11:59")]).NextChangeAfter(now, Berlin));
    }

    [Theory]
    [InlineData("2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z")] // Clocks jump from 02:00 to 03:00, into the period.
    [InlineData("2026-10-25T00:29:00Z", "2026-10-25T00:30:00Z")] // 02:30 comes twice.
    [InlineData("2026-10-25T00:45:00Z", "2026-10-25T01:00:00Z")] // Clocks go back from 03:00 to 02:00, out of the period.
    [InlineData("2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z")]
    public void NextChangeAfter_WhereClocksAreSet_IsTheRealInstant(string at, string expected)
    {
        var hours = new TradingHours([Period("02:30", "04:00")], []);

        Assert.Equal(expected, hours.NextChangeAfter(NodaTime.Text.InstantPattern.General.Parse(at).Value, Berlin).ToString());
    }

    [Fact]
    public void Of_APeriodOverMidnight_HasAPartAtTheEndAndOneAtTheBeginningOfTheDay()
    {
        var period = Period("22:00", "06:00");

        Assert.Equal([new("22:00-06:00-1", period, 1320, 1440), new("22:00-06:00-2", period, 0, 360)], DaySegment.Of(period));
        Assert.Equal([new("09:00-17:00", Period("09:00", "17:00"), 540, 1020)], DaySegment.Of(Period("09:00", "17:00")));
    }

    private static TimePeriod Period(string start, string end)
    {
        var pattern = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm");
        return new(pattern.Parse(start).Value, pattern.Parse(end).Value, null);
    }

    private static LocalTime TimeOf(int minute) => new(minute / 60, minute % 60);

    private static void Check(Func<Plan, bool> law) => Prop.ForAll(Arb.From(Plans), law).Check(AtLeast300Cases);

    private sealed record Plan(TimePeriod[] Preferred, TimePeriod[] Avoided, UserZone Zone, Instant At)
    {
        public TradingHours Hours => new(Preferred, Avoided);

        public TradingState StateAt(Instant instant)
        {
            var time = instant.InZone(Zone.Zone).TimeOfDay.With(TimeAdjusters.TruncateToMinute);
            return Avoided.Any(period => Holds(period, time))
                ? TradingState.Avoided
                : Preferred.Any(period => Holds(period, time)) ? TradingState.Preferred : TradingState.Neutral;
        }

        /// <summary>The first whole minute with another state, of a week: clocks that are set can leave a period out for a day or two.</summary>
        public Instant? StepToChange()
        {
            var state = StateAt(At);
            var minute = Instant.FromUnixTimeSeconds((At.ToUnixTimeSeconds() / 60 * 60) + 60);
            return Enumerable.Range(0, 7 * 24 * 60)
                .Select(minutes => (Instant?)(minute + Duration.FromMinutes(minutes)))
                .FirstOrDefault(instant => StateAt(instant!.Value) != state);
        }

        private static bool Holds(TimePeriod period, LocalTime time) => period.Start <= period.End
            ? period.Start <= time && time <= period.End
            : period.Start <= time || time <= period.End;
    }
}
