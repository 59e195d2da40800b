using TraderHub.Core.Signals;

namespace TraderHub.Core.Tests.Signals;

public sealed class TickerTests
{
    [Theory]
    [InlineData("spy", "SPY")]
    [InlineData(" brk.b\n", "BRK.B")]
    [InlineData("0700.HK", "0700.HK")]
    [InlineData("ABCDEFGHIJ", "ABCDEFGHIJ")]
    [InlineData("ABCDEFGHIJK", null)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData(".A", null)]
    [InlineData("A.", null)]
    [InlineData("A..B", null)]
    [InlineData("INVALID-TICKER", null)]
    [InlineData("stra\u00dfe", null)]
    [InlineData("\u0131nd", null)]
    [InlineData("A B", null)]
    public void Normalize_TakesTickersAlone_InUpperCase(string text, string? expected) => Assert.Equal(expected, Ticker.Normalize(text));
}
