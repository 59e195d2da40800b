using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Tests.Trading.Balances;

/// <summary>What can be spent and withdrawn, as the exchange would let it.</summary>
public sealed class FreeMoneyTests
{
    [Theory]
    [InlineData("100508.11272667", "49999.89", "100508.11272667", "50508.22272667")]
    [InlineData("100", "10", "72.5", "72.5")]
    [InlineData("100", "110", "100", "0")]
    [InlineData("100", "10", "-5", "0")]
    [InlineData("100", "10", null, "90")]
    [Trait("Case", "M3")]
    public void Spendable_OfAUnifiedAccount_IsWhatIsNeitherHeldNorNeededForMaintenance(string total, string hold, string? available, string expected)
    {
        var balance = new Balance(WithAvailable(Accounts.Parts(AccountMode.UnifiedAccount, spot: Accounts.Usdc(Number(total), Number(hold))), 0, available));

        Assert.Equal((Number(expected), Number(expected)), (balance.Spendable, balance.Withdrawable));
    }

    [Fact]
    [Trait("Case", "M4")]
    public void Spendable_OfAnotherCollateralThanDollars_CountsItWithoutAnyPositionThere()
    {
        // Token 360 is the collateral of xyz, and worth half a dollar.
        var parts = WithAvailable(Accounts.Parts(AccountMode.UnifiedAccount, spot: new SpotBalance("USDH", 360, 50, 0)), 360, "50.0");

        Assert.Equal((25m, 25m), (new Balance(parts).Spendable, new Balance(parts).Withdrawable));
        Assert.Null(new Balance(parts with { Dexes = [] }).Spendable);
        Assert.Equal(0m, new Balance(Accounts.Parts(AccountMode.UnifiedAccount, spot: Accounts.Hype(3))).Spendable);
    }

    [Theory]
    [InlineData("51.64387", "0", "35.39387", "35.39387")]
    [InlineData("100", "20", "50", "50")]
    [InlineData("100", "20", "80", "80")]
    [InlineData("10", "20", "0", "0")]
    [Trait("Case", "M8")]
    public void Spendable_OfASeparateAccount_IsLessWhatRestingOrdersHold(string value, string marginUsed, string withdrawable, string expected)
    {
        var parts = Accounts.Parts(AccountMode.Disabled);
        var perps = Accounts.Perps(PerpDex.Main, Number(value), Number(marginUsed)) with { Withdrawable = Number(withdrawable) };

        Assert.Equal(Number(expected), new Balance(parts with { Perps = [perps] }).Spendable);
    }

    [Theory]
    [InlineData("portfolioMargin")]
    [InlineData("unifiedAccount")]
    [Trait("Case", "M9")]
    public void Withdrawable_WhereSomeIsFreeOnlyToBorrowAgainst_IsWhatIsOwned(string mode)
    {
        var balance = new Balance(Accounts.Parts(new AccountMode(mode), spot: Accounts.Usdc(1000, hold: 100) with { OwnHold = 400 }));

        Assert.Equal((900m, 600m), (balance.Spendable, balance.Withdrawable));
    }

    private static AccountParts WithAvailable(AccountParts parts, int token, string? available) => available is null
        ? parts
        : parts with { Spot = parts.Spot! with { AvailableAfterMaintenance = new Dictionary<int, decimal> { [token] = Number(available) } } };

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
