using System.Globalization;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Web;

namespace TraderHub.Functions.Tests.Pages;

public sealed class FormatTests
{
    [Theory]
    [InlineData("1234567.891", "$1,234,567.89")]
    [InlineData("-0.5", "\u2212$0.50")]
    [InlineData("0", "$0.00")]
    public void Money_HasItsSignBeforeTheDollar(string amount, string expected) => Assert.Equal(expected, Format.Money(Number(amount)));

    [Theory]
    [InlineData("12.3", "+$12.30", "+12.3%")]
    [InlineData("-12.3", "\u2212$12.30", "\u221212.3%")]
    [InlineData("0", "$0.00", "0.0%")]
    public void Gain_AlwaysSaysWhichWay(string amount, string money, string percent)
    {
        Assert.Equal(money, Format.Gain(Number(amount)));
        Assert.Equal(percent, Format.PercentGain(Number(amount)));
    }

    [Theory]
    [InlineData("64597.12", "64,597.1")]
    [InlineData("148.914", "148.91")]
    [InlineData("1.23456", "1.235")]
    [InlineData("0.0000123", "0.0000123")]
    [InlineData("0.000000012", "0.000000012")]
    public void Price_HasTheDigitsThatMatter(string price, string expected) => Assert.Equal(expected, Format.Price(Number(price)));

    [Fact]
    public void Times_AreInTheZone_AndInUtcBesides()
    {
        var instant = Instant.FromUtc(2026, 12, 31, 20, 5, 9);
        var zone = UserZone.FromId("Asia/Kathmandu")!;

        Assert.Equal("01:50:09", Format.Clock(instant, zone));
        Assert.Equal("Fri 01 Jan 2027", Format.Day(instant, zone));
        Assert.Equal("Thu 31 Dec 2026, 20:05:09 UTC", Format.Utc(instant));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
