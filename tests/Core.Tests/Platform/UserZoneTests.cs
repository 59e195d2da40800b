using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Platform;

public sealed class UserZoneTests
{
    [Theory]
    [InlineData("-12", "UTC-12")]
    [InlineData("0", "UTC+0")]
    [InlineData("5.5", "UTC+5:30")]
    [InlineData("5.75", "UTC+5:45")]
    [InlineData("-3.5", "UTC-3:30")]
    [InlineData("14", "UTC+14")]
    public void FromOffset_QuarterHoursInRange_AreAllowed(string hours, string name)
    {
        var offset = decimal.Parse(hours, System.Globalization.CultureInfo.InvariantCulture);

        var zone = UserZone.FromOffset(offset);

        Assert.Equal(name, zone?.Name);
        Assert.Equal(offset, zone?.OffsetAt(Instant.FromUtc(2026, 7, 1, 0, 0)));
        Assert.Null(zone?.Id);
    }

    [Theory]
    [InlineData("-12.25")]
    [InlineData("14.25")]
    [InlineData("15")]
    [InlineData("5.6")]
    [InlineData("0.0001")]
    public void FromOffset_OutsideOrBetweenQuarterHours_IsNone(string hours) =>
        Assert.Null(UserZone.FromOffset(decimal.Parse(hours, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void FromId_FollowsDaylightSaving()
    {
        var zone = UserZone.FromId("Europe/Berlin")!;

        Assert.Equal(1m, zone.OffsetAt(Instant.FromUtc(2026, 1, 1, 0, 0)));
        Assert.Equal(2m, zone.OffsetAt(Instant.FromUtc(2026, 7, 1, 0, 0)));
    }

    [Fact]
    public void FromId_UnknownZone_IsNone() => Assert.Null(UserZone.FromId("Mars/Olympus"));

    [Fact]
    public void FromCountry_IsAPlausibleZoneOfIt()
    {
        Assert.Equal("Europe/Berlin", UserZone.FromCountry("de")?.Id);
        Assert.Null(UserZone.FromCountry("xx"));
    }
}
