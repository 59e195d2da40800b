using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Tests.Trading;

public sealed class BalanceTests
{
    private static readonly WalletAddress Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");

    [Fact]
    public void LeverageAndMarginUsage_AreSharesOfTheAccountValue()
    {
        var balance = BalanceOf(accountValue: 1000m, marginUsed: 150m, notional: 2500m);

        Assert.Equal(2.5m, balance.Leverage);
        Assert.Equal(15m, balance.MarginUsagePercent);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void LeverageAndMarginUsage_OfAnAccountThatHoldsNothing_AreZero(int accountValue)
    {
        var balance = BalanceOf(accountValue, marginUsed: 150m, notional: 2500m);

        Assert.Equal(0m, balance.Leverage);
        Assert.Equal(0m, balance.MarginUsagePercent);
    }

    [Fact]
    public void Missing_NamesThePartThatCouldNotBeRead() => Assert.Equal(["spot"], BalanceOf(1m, 0m, 0m).Missing);

    private static Balance BalanceOf(decimal accountValue, decimal marginUsed, decimal notional) => new(
        Address, new PerpAccount(PerpDex.Main, accountValue, accountValue, marginUsed, notional, [], Instant.FromUnixTimeSeconds(0)), Spot: null);
}
