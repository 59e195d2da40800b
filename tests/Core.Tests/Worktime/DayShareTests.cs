using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Statistics;

namespace TraderHub.Core.Tests.Worktime;

public sealed class DayShareTests
{
    private static readonly IReadOnlyList<string> Zones = [.. DateTimeZoneProviders.Tzdb.Ids];

    /// <summary>Any stretch of up to a month, in any zone, around any of its changes of clocks since 1970, or anywhere.</summary>
    private static readonly Gen<(Instant Start, Instant End, long Seconds, UserZone Zone)> Session =
        from zone in Gen.Choose(0, Zones.Count - 1).Select(index => UserZone.FromId(Zones[index])!)
        from at in Gen.Choose(0, 2_000_000_000).Select(second => Instant.FromUnixTimeSeconds(second))
        from before in Gen.Choose(0, 2_600_000)
        from length in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 100_000), Gen.Choose(0, 2_600_000))
        from thousandths in Gen.Choose(0, 999)
        from percent in Gen.Choose(0, 100)
        let near = zone.Zone.GetZoneInterval(at) is { HasEnd: true } interval && interval.End < Instant.FromUnixTimeSeconds(4_000_000_000) ? interval.End : at
        let start = near - Duration.FromSeconds(before) + Duration.FromMilliseconds(thousandths)
        select (start, start + Duration.FromSeconds(length), (long)length * percent / 100, zone);

    [Fact]
    public void Of_AnySession_LosesAndAddsNoSecond_AndIsOneSessionOnItsFirstDay() => Prop.ForAll(Session.ToArbitrary(), session =>
    {
        var (start, end, seconds, zone) = session;

        var shares = DayShare.Of(start, end, seconds, zone);

        Assert.Equal(seconds, shares.Sum(share => share.Seconds));
        Assert.Equal(LocalDay.Containing(start, zone).Date, shares[0].Date);
        Assert.Equal([1, .. Enumerable.Repeat(0, shares.Count - 1)], shares.Select(share => share.Sessions));
        Assert.All(shares, share => Assert.True(share.Seconds >= 0));
        Assert.Equal(shares.Select(share => share.Date).Distinct().Order(), shares.Select(share => share.Date));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_ASessionThatCountsAllOfItsTime_HasOnEachDayWhatPassedOnIt() => Prop.ForAll(Session.ToArbitrary(), session =>
    {
        var (start, end, _, zone) = session;
        var seconds = (long)(end - start).TotalSeconds;

        foreach (var share in DayShare.Of(start, end, seconds, zone))
        {
            var day = LocalDay.Of(share.Date, zone);
            var passed = Instant.Min(day.End, end) - Instant.Max(day.Start, start);
            Assert.InRange(share.Seconds, passed.TotalSeconds - 1, passed.TotalSeconds + 1);
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("UTC", 3600, "20 1800, 21 1800")]
    [InlineData("UTC", 1, "20 0, 21 1")]
    [InlineData("UTC", 0, "20 0")]
    [InlineData("Asia/Kathmandu", 3600, "21 3600")]
    public void Of_AnHourAroundMidnight_SpreadsWhatItCountsEvenly(string zone, long seconds, string shares)
    {
        var midnight = Instant.FromUtc(2026, 11, 21, 0, 0);

        var found = DayShare.Of(midnight - Duration.FromMinutes(30), midnight + Duration.FromMinutes(30), seconds, UserZone.FromId(zone)!);

        Assert.Equal(shares, string.Join(", ", found.Select(share => $"{share.Date.Day} {share.Seconds}")));
    }
}
