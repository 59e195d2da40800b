using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Tests.Trading.Balances;

public sealed class BalanceTests
{
    [Fact]
    public void Total_OfASeparateAccount_IsPerpetualsAndSpotTogether()
    {
        var balance = new Balance(Accounts.Parts(AccountMode.Disabled, perps: 1000, marginUsed: 100, Accounts.Usdc(50, hold: 20), Accounts.Hype(2)));

        Assert.Equal(1000m + 50 + 80, balance.Total);
        Assert.Equal(900m + 30, balance.Spendable);
        Assert.Equal(900m + 30, balance.Withdrawable);
        Assert.Empty(balance.Missing);
    }

    [Theory]
    [InlineData("unifiedAccount")]
    [InlineData("portfolioMargin")]
    public void Total_OfAUnifiedAccount_CountsPerpetualsOnce(string mode)
    {
        // The figures of a real account that other programs showed as 100.88, 3.35 or 107.75.
        var balance = new Balance(Accounts.Parts(new AccountMode(mode), perps: 3.35m, marginUsed: 3m, Accounts.Usdc(104.40m, hold: 6.87m)));

        Assert.Equal(104.40m, balance.Total);
        Assert.Equal(97.53m, balance.Spendable);
        Assert.Equal(97.53m, balance.Withdrawable);
    }

    [Fact]
    public void Total_WithAnotherDex_CountsItsCollateralAtItsPrice()
    {
        var parts = Accounts.Parts(AccountMode.Disabled, perps: 1000, marginUsed: 0, Accounts.Usdc(0));

        var balance = new Balance(parts with { Perps = [.. parts.Perps, Accounts.Perps("xyz", 200)] });

        Assert.Equal(1000m + 100, balance.Total);
    }

    [Fact]
    public void Total_WithADexWhoseCollateralHasNoPrice_IsUnknown()
    {
        var parts = Accounts.Parts(AccountMode.Disabled, perps: 1000, marginUsed: 0, Accounts.Usdc(0));

        var balance = new Balance(parts with { Perps = [.. parts.Perps, Accounts.Perps("unheard", 200)] });

        Assert.Null(balance.Total);
        Assert.Equal(["perps:unheard", "total"], balance.Missing);
    }

    [Fact]
    public void Total_WhereNothingTellsNow_IsByWhatTheFiguresToldBefore()
    {
        var parts = Accounts.Parts(AccountMode.Default, perps: 400, marginUsed: 0, Accounts.Usdc(1000));

        Assert.Equal(1000m, new Balance(parts with { RememberedForm = true }).Total);
        Assert.Equal(1400m, new Balance(parts with { RememberedForm = false }).Total);
    }

    [Fact]
    public void Total_WithoutSpot_IsUnknownAndNeverThePerpetualsAlone()
    {
        var balance = new Balance(Accounts.Parts(AccountMode.Disabled, perps: 400) with { Spot = null, Missing = ["spot"] });

        Assert.Null(balance.Total);
        Assert.Null(balance.Spendable);
        Assert.Null(balance.NetWorth);
        Assert.Equal(["spot", "total"], balance.Missing);
    }

    [Fact]
    public void Total_WithoutPrices_IsKnownOnlyWhereNoneIsNeeded()
    {
        var dollars = Accounts.Parts(AccountMode.Disabled, perps: 400, marginUsed: 0, Accounts.Usdc(10)) with { Prices = null };
        var coins = Accounts.Parts(AccountMode.Disabled, perps: 400, marginUsed: 0, Accounts.Hype(10)) with { Prices = null };

        Assert.Equal(410m, new Balance(dollars).Total);
        Assert.Null(new Balance(coins).Total);
    }

    [Fact]
    public void Total_WithACoinThatNobodyPrices_LeavesItOutAndNamesIt()
    {
        var dust = new SpotBalance("+92260", null, -1, 0);

        var balance = new Balance(Accounts.Parts(AccountMode.Disabled, perps: 400, marginUsed: 0, Accounts.Usdc(10), dust));

        Assert.Equal(410m, balance.Total);
        Assert.Equal(["+92260"], balance.Values.Unpriced);
    }

    [Theory]
    [InlineData("BTC", 999, 400, true)]
    [InlineData("USDC", 888, 400, true)]
    [InlineData("ANYTHING", 0, 405, false)]
    [InlineData("USDC", null, 405, false)]
    [Trait("Case", "M12")]
    public void Total_WithATokenThatOnlyHasTheNameOfSomethingElse_GoesByItsNumber(string coin, int? token, int total, bool isUnpriced)
    {
        var balance = new Balance(Accounts.Parts(AccountMode.Disabled, perps: 400, marginUsed: 0, new SpotBalance(coin, token, 5, 0)));

        Assert.Equal((total, total), (balance.Total, balance.Spendable));
        Assert.Equal(isUnpriced ? [coin] : [], balance.Values.Unpriced);
    }

    [Fact]
    [Trait("Case", "M11")]
    public void Missing_WhereStakingHasNoPrice_NamesIt()
    {
        var staked = new Part<Staking>(new Staking(12.5m, 0, 0, Accounts.Now), Accounts.Now);
        var parts = Accounts.Parts(AccountMode.Disabled, perps: 400) with
        {
            Staking = staked,
            Vaults = new([], Accounts.Now),
            Prices = Accounts.Prices with { Markets = new Dictionary<string, decimal>() },
        };

        Assert.Equal((null, "staking"), (new Balance(parts).NetWorth, string.Join(',', new Balance(parts).Missing)));
        Assert.Empty(new Balance(parts with { Staking = staked with { Value = staked.Value with { Delegated = 0 } } }).Missing);
    }

    [Fact]
    public void NetWorth_AddsStakingAtItsPriceAndVaults()
    {
        var parts = Accounts.Parts(AccountMode.Disabled, perps: 400) with
        {
            Staking = new(new Staking(10, 1, 2, Accounts.Now), Accounts.Now),
            Vaults = new([new VaultShare("0x1", 70, null)], Accounts.Now),
        };

        Assert.Equal(400m + (13 * 40) + 70, new Balance(parts).NetWorth);
        Assert.Null(new Balance(parts with { Vaults = null }).NetWorth);
    }

    [Fact]
    public void LeverageAndMarginUsage_AreSharesOfWhatTheMarginIsMeasuredAgainst()
    {
        var separate = new Balance(Accounts.Parts(AccountMode.Disabled, perps: 1000, marginUsed: 250, Accounts.Usdc(1500)));
        var unified = new Balance(Accounts.Parts(AccountMode.UnifiedAccount, perps: 1000, marginUsed: 250, Accounts.Usdc(2500)));

        Assert.Equal((2.5m, 25m), (separate.Leverage, separate.MarginUsagePercent));
        Assert.Equal((1m, 10m), (unified.Leverage, unified.MarginUsagePercent));
    }

    [Fact]
    [Trait("Case", "M10")]
    public void Leverage_OfAPositionOnAnotherDexAlone_IsMeasuredThere()
    {
        // The other one's collateral is worth half a dollar.
        var parts = Accounts.Parts(AccountMode.Disabled, perps: 0, marginUsed: 0, Accounts.Usdc(10));
        var other = new Balance(parts with { Perps = [.. parts.Perps, Accounts.Perps("xyz", 200, marginUsed: 50)] });
        var both = new Balance(parts with { Perps = [Accounts.Perps(PerpDex.Main, 100, marginUsed: 30), Accounts.Perps("xyz", 200, marginUsed: 50)] });

        Assert.Equal((2.5m, 25m), (other.Leverage, other.MarginUsagePercent));
        Assert.Equal((250m + 300) / 200, both.Leverage);
    }

    [Fact]
    [Trait("Case", "M10")]
    public void Leverage_WhereADexCouldNotBeRead_IsUnknownAndNotThatOfTheRest()
    {
        var parts = Accounts.Parts(AccountMode.Disabled, perps: 1000, marginUsed: 100) with { HasAllPerps = false };

        Assert.Equal((null, null), (new Balance(parts).Leverage, new Balance(parts).MarginUsagePercent));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void LeverageAndMarginUsage_OfAnAccountThatHoldsNothing_AreZero(int accountValue)
    {
        var balance = new Balance(Accounts.Parts(AccountMode.Disabled, accountValue, marginUsed: 150));

        Assert.Equal((0m, 0m), (balance.Leverage, balance.MarginUsagePercent));
    }
}
