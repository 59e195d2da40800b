using TraderHub.Core.Trading;

namespace TraderHub.Core.Tests.Trading;

public sealed class WalletAddressTests
{
    [Theory]
    [InlineData("0x5e9ee1089755c3435139848e47e6635505d5a13a")]
    [InlineData("0x5E9EE1089755C3435139848E47E6635505D5A13A")]
    [InlineData("0X5e9ee1089755c3435139848e47e6635505d5a13a")]
    public void TryParse_AnAddressInAnyCase_IsLowerCase(string text)
    {
        Assert.True(WalletAddress.TryParse(text, out var address));
        Assert.Equal("0x5e9ee1089755c3435139848e47e6635505d5a13a", address.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("5e9ee1089755c3435139848e47e6635505d5a13a00")]
    [InlineData("0x5e9ee1089755c3435139848e47e6635505d5a13")]
    [InlineData("0x5e9ee1089755c3435139848e47e6635505d5a13a0")]
    [InlineData("0x5e9ee1089755c3435139848e47e6635505d5a13g")]
    [InlineData("0x5e9ee1089755c3435139848e47e6635505d5a1٣٣")]
    [InlineData(" 0x5e9ee1089755c3435139848e47e6635505d5a13")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(WalletAddress.TryParse(text, out _));
}
