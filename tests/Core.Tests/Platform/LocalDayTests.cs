using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Platform;

public sealed class LocalDayTests
{
    private static readonly Config AtLeast500Cases = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Gen<UserZone> Zones = Gen.OneOf(
        Gen.Choose(-48, 56).Select(quarterHours => UserZone.FromOffset(quarterHours / 4m)!),
        Gen.Elements(DateTimeZoneProviders.Tzdb.Ids.ToArray()).Select(id => UserZone.FromId(id)!));

    private static readonly Gen<Instant> Instants =
        Gen.Choose(0, int.MaxValue).Select(seconds => Instant.FromUnixTimeSeconds(seconds));

    [Fact]
    public void Containing_AnyInstantInAnyZone_HoldsTheInstant() => Check((instant, zone) =>
    {
        var day = LocalDay.Containing(instant, zone);
        return day.Start <= instant && instant < day.End;
    });

    [Fact]
    public void Days_OfAnyZone_FollowEachOtherWithoutGapOrOverlap() => Check((instant, zone) =>
    {
        var day = LocalDay.Containing(instant, zone);
        var next = LocalDay.Containing(day.End, zone);
        return next.Start == day.End && next.Date > day.Date;
    });

    [Fact]
    public void Of_TheDateOfADay_IsThatDay() => Check((instant, zone) =>
    {
        var day = LocalDay.Containing(instant, zone);
        return LocalDay.Of(day.Date, zone) == day;
    });

    [Theory]
    [InlineData("Europe/Berlin", 2026, 3, 29, 23)]
    [InlineData("Europe/Berlin", 2026, 10, 25, 25)]
    [InlineData("America/Sao_Paulo", 2018, 11, 4, 23)]
    [InlineData("Australia/Lord_Howe", 2026, 4, 5, 24.5)]
    [InlineData("Pacific/Apia", 2011, 12, 30, 0)]
    public void Of_ADayOnWhichClocksChange_IsShorterOrLonger(string zone, int year, int month, int day, double hours)
    {
        var local = LocalDay.Of(new LocalDate(year, month, day), UserZone.FromId(zone)!);

        Assert.Equal(Duration.FromHours(hours), local.End - local.Start);
    }

    [Fact]
    public void Containing_AnEveningThatHappensAgainAfterMidnight_IsTheDayThatHadBegun()
    {
        // In 2010 St. John's set its clocks back at 00:01, to 23:01 of the day before.
        var zone = UserZone.FromId("America/St_Johns")!;

        var day = LocalDay.Containing(Instant.FromUtc(2010, 11, 7, 3, 0), zone);

        Assert.Equal(new LocalDate(2010, 11, 7), day.Date);
        Assert.Equal(Instant.FromUtc(2010, 11, 7, 2, 30), day.Start);
    }

    [Theory]
    [InlineData("-12", "2026-11-20", "2026-11-21T12:00:00Z")]
    [InlineData("0", "2026-11-21", "2026-11-22T00:00:00Z")]
    [InlineData("5.75", "2026-11-21", "2026-11-21T18:15:00Z")]
    [InlineData("14", "2026-11-22", "2026-11-22T10:00:00Z")]
    public void Containing_AFixedOffset_EndsAtItsMidnight(string offset, string date, string end)
    {
        var zone = UserZone.FromOffset(decimal.Parse(offset, System.Globalization.CultureInfo.InvariantCulture))!;

        var day = LocalDay.Containing(Instant.FromUtc(2026, 11, 21, 11, 0), zone);

        Assert.Equal(date, day.Date.ToString("uuuu-MM-dd", null));
        Assert.Equal(end, day.End.ToString());
    }

    private static void Check(Func<Instant, UserZone, bool> law) =>
        Prop.ForAll(Arb.From(Instants), Arb.From(Zones), law).Check(AtLeast500Cases);
}
