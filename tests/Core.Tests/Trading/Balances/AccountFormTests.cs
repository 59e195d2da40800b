using NodaTime;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Tests.Trading.Balances;

public sealed class AccountFormTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData(1000, 120)]
    [InlineData(900, 120)]
    [InlineData(1000, 0)]
    [InlineData(905, 0)]
    [Trait("Case", "M1")]
    public void Total_OfADefaultAccount_IsSeparateUnlessAFreshFigureFitsExactly(int? stated, int minutesOld)
    {
        var parts = Accounts.Parts(AccountMode.Default, perps: 1000, marginUsed: 0, Accounts.Usdc(900));

        Assert.Equal(1900m, new Balance(parts with { Stated = stated is { } value ? StatedAt(value, minutesOld) : null }).Total);
    }

    [Fact]
    [Trait("Case", "M1")]
    public void Total_OfADefaultAccountWithAFreshFigureThatFitsSpotAlone_IsSpot() =>
        Assert.Equal(900m, new Balance(Accounts.Parts(AccountMode.Default, perps: 20, marginUsed: 0, Accounts.Usdc(900)) with { Stated = StatedAt(900.004m, 1) }).Total);

    [Fact]
    [Trait("Case", "M1")]
    public void Total_WhereMoneyMovedSinceTheFreshFigure_GoesByWhatWasToldBefore()
    {
        var parts = Accounts.Parts(AccountMode.Default, perps: 1000, marginUsed: 0, Accounts.Usdc(900)) with { Stated = StatedAt(900, 1), HasMovedSinceStated = true };

        Assert.Equal((1900m, false), (new Balance(parts).Total, new Balance(parts).IsDoubtful));
        Assert.Equal(900m, new Balance(parts with { RememberedForm = true }).Total);
        Assert.Null(new Balance(parts with { Mode = null }).Total);
    }

    [Theory]
    [InlineData("somethingNew")]
    [InlineData(null)]
    [Trait("Case", "M1")]
    public void Total_WhereTheModeIsNotKnown_IsWhatAFreshFigureFitsExactly(string? mode)
    {
        var parts = Accounts.Parts(mode is null ? null : new AccountMode(mode), perps: 400, marginUsed: 0, Accounts.Usdc(1000));

        Assert.Equal(1400m, new Balance(parts with { Stated = StatedAt(1400, 0) }).Total);
        Assert.Equal(1000m, new Balance(parts with { Stated = StatedAt(1000, 0) }).Total);
        Assert.Null(new Balance(parts with { Stated = StatedAt(1390, 0) }).Total);
        Assert.Null(new Balance(parts with { Stated = StatedAt(1000, 60) }).Total);
    }

    [Fact]
    public void Total_WhereTheStatedValueHoldsVaultsToo_IsStillToldRight()
    {
        var parts = Accounts.Parts(AccountMode.Default, perps: 400, marginUsed: 0, Accounts.Usdc(1000));
        var vaults = new Part<IReadOnlyList<VaultShare>>([new VaultShare("0x1", 5000, null)], Accounts.Now);

        Assert.Equal(1000m, new Balance(parts with { Vaults = vaults, Stated = StatedAt(6000, 0) }).Total);
        Assert.Equal(1400m, new Balance(parts with { Vaults = vaults, Stated = StatedAt(6400, 0) }).Total);
    }

    [Fact]
    [Trait("Case", "M2")]
    public void Total_WhereTheModeIsNotKnownAndNothingTells_IsUnknownAndSaysWhy()
    {
        var balance = new Balance(Accounts.Parts(new AccountMode("somethingNew"), perps: 400, marginUsed: 0, Accounts.Usdc(1000)));

        Assert.Null(balance.Total);
        Assert.Equal(["mode", "total"], balance.Missing);
        Assert.Equal(1000m, new Balance(Accounts.Parts(new AccountMode("somethingNew"), perps: 0, marginUsed: 0, Accounts.Usdc(1000))).Total);
        Assert.Equal(400m, new Balance(Accounts.Parts(new AccountMode("somethingNew"), perps: 400, marginUsed: 0, Accounts.Usdc(0))).Total);
    }

    [Theory]
    [InlineData("disabled", 100, 10, 50, 0, false)]
    [InlineData("disabled", 20, 20, 150, 20, true)]
    [InlineData("disabled", 25, 20, 150, 20, false)]
    [InlineData("default", 20, 20, 150, 20, true)]
    [InlineData("unifiedAccount", 20, 20, 150, 20, false)]
    [InlineData("unifiedAccount", 100, 10, 50, 20, true)]
    [InlineData("unifiedAccount", 20, 10, 50, 0, true)]
    [Trait("Case", "M5")]
    public void IsDoubtful_FiguresThatSpeakAgainstTheMode(string mode, int perps, int marginUsed, int spot, int hold, bool isDoubted) =>
        Assert.Equal(isDoubted, new Balance(Accounts.Parts(new AccountMode(mode), perps, marginUsed, Accounts.Usdc(spot, hold))).IsDoubtful);

    [Fact]
    [Trait("Case", "M5")]
    public void IsDoubtful_AStatedFigureThatFitsTheOtherForm_HoweverOldItIs()
    {
        var parts = Accounts.Parts(AccountMode.Disabled, perps: 30, marginUsed: 0, Accounts.Usdc(150));

        Assert.True(new Balance(parts with { Stated = StatedAt(150, 300) }).IsDoubtful);
        Assert.False(new Balance(parts with { Stated = StatedAt(180, 300) }).IsDoubtful);
        Assert.False(new Balance(parts with { Stated = StatedAt(151, 300) }).IsDoubtful);
    }

    private static Part<StatedValue?> StatedAt(decimal value, int minutesOld) =>
        new(new StatedValue(value, Accounts.Now - Duration.FromMinutes(minutesOld)), Accounts.Now);
}
