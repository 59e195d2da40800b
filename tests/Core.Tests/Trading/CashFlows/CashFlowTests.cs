using TraderHub.Core.Tests.Trading.Balances;
using TraderHub.Core.Trading.CashFlows;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Tests.Trading.CashFlows;

[Trait("Case", "M6")]
public sealed class CashFlowTests
{
    private const string Other = "0x00000000000000000000000000000000000000c3";

    private static readonly string Own = Accounts.Address.ToString();

    private static readonly Prices Prices = Accounts.Prices with { TokenNumbers = new Dictionary<string, int> { ["USDC"] = 0, ["HYPE"] = 150, ["USDH"] = 360, ["JUNK"] = 999 } };

    [Fact]
    public void Of_ADeposit_ComesIn() => Assert.Equal((CashFlowKind.Deposit, 900m), FlowOf(Row("deposit") with { Usdc = 900 }));

    [Fact]
    public void Of_AWithdrawal_GoesOutWithoutItsFee() => Assert.Equal((CashFlowKind.Withdrawal, -900m), FlowOf(Row("withdraw") with { Usdc = 900 }));

    [Theory]
    [InlineData("internalTransfer")]
    [InlineData("subAccountTransfer")]
    public void Of_ATransferOfDollars_GoesByWhoSentIt(string type)
    {
        var row = Row(type) with { Usdc = 50, User = Own, Destination = Other };

        Assert.Equal((CashFlowKind.Transfer, -50m), FlowOf(row));
        Assert.Equal((CashFlowKind.Transfer, 50m), FlowOf(row with { User = Other, Destination = Own.ToUpperInvariant().Replace('X', 'x') }));
    }

    [Theory]
    [InlineData("spotTransfer")]
    [InlineData("send")]
    public void Of_ATransferOfAToken_IsItsValueThenOrElseNow(string type)
    {
        var row = Row(type) with { Token = "HYPE", Amount = 2, UsdcValue = 77, User = Other, Destination = Own };

        Assert.Equal((CashFlowKind.Transfer, 77m), FlowOf(row));
        Assert.Equal((CashFlowKind.Transfer, 80m), FlowOf(row with { UsdcValue = null }));
        Assert.Equal((CashFlowKind.Transfer, 80m), FlowOf(row with { UsdcValue = null, Token = "HYPE:0x0d01dc56dcaaca66ad901c959b4011ec" }));
        Assert.Equal((CashFlowKind.Transfer, -2m), FlowOf(row with { UsdcValue = null, Token = "USDC", User = Own, Destination = Other }));
        Assert.Equal((CashFlowKind.Transfer, 0m), FlowOf(row with { UsdcValue = null, Token = "JUNK" }));
        Assert.Equal((CashFlowKind.Transfer, null), FlowOf(row with { UsdcValue = null, Token = "NEVER HEARD OF" }));
    }

    [Theory]
    [InlineData("spotTransfer", "JUNK", 450, 0)]
    [InlineData("send", "JUNK:0x01", 450, 0)]
    [InlineData("send", "HYPE", 0, 80)]
    [InlineData("spotTransfer", "USDC", 0, 2)]
    [InlineData("spotTransfer", "USDC:0x06", 0, 14)]
    [InlineData("spotTransfer", "NEVER HEARD OF", 450, null)]
    [InlineData("spotTransfer", "BTC", 450, null)]
    [InlineData("send", null, 450, null)]
    public void Of_ATokenThatIsInNoBalance_IsInNoFlow_WhateverTheRowSays(string type, string? token, int stated, int? flow)
    {
        var prices = Prices with
        {
            Tokens = new Dictionary<int, decimal>(Prices.Tokens) { [888] = 7 },
            TokenNumbers = new Dictionary<string, int>(Prices.TokenNumbers) { ["USDC:0x06"] = 888 },
        };

        Assert.Equal(flow, CashFlow.Of(Row(type) with { Token = token, Amount = 2, UsdcValue = stated, User = Other, Destination = Own }, Accounts.Address, prices).Amount);
    }

    [Theory]
    [InlineData("internalTransfer")]
    [InlineData("spotTransfer")]
    [InlineData("send")]
    public void Of_ATransferToOneself_StaysInside(string type) =>
        Assert.Equal((CashFlowKind.Transfer, 0m), FlowOf(Row(type) with { Usdc = 50, User = Own, Destination = Own.ToUpperInvariant().Replace('X', 'x') }));

    [Fact]
    public void Of_ATransferBetweenOthers_OrWithoutAnOtherEnd_IsNotKnown()
    {
        Assert.Equal((CashFlowKind.Transfer, null), FlowOf(Row("send") with { Usdc = 50, User = Other, Destination = Other }));
        Assert.Equal((CashFlowKind.Transfer, null), FlowOf(Row("send") with { Usdc = 50, User = Own }));
    }

    [Fact]
    public void Of_Vaults_IsWhatWentInAndWhatCameBack()
    {
        Assert.Equal((CashFlowKind.Vault, -10m), FlowOf(Row("vaultCreate") with { Usdc = 10 }));
        Assert.Equal((CashFlowKind.Vault, -10m), FlowOf(Row("vaultDeposit") with { Usdc = 10 }));
        Assert.Equal((CashFlowKind.Vault, 9m), FlowOf(Row("vaultWithdraw") with { NetWithdrawnUsd = 9 }));
        Assert.Equal((CashFlowKind.Vault, 3m), FlowOf(Row("vaultDistribution") with { Usdc = 3 }));
    }

    [Fact]
    public void Of_ALeadersCommission_IsEarned() => Assert.Equal((CashFlowKind.None, 0m), FlowOf(Row("vaultLeaderCommission") with { Usdc = 3 }));

    [Fact]
    public void Of_Staking_IsTheTokensValue()
    {
        var row = Row("cStakingTransfer") with { Token = "HYPE", Amount = 20, IsDeposit = true };

        Assert.Equal((CashFlowKind.Staking, -800m), FlowOf(row));
        Assert.Equal((CashFlowKind.Staking, 800m), FlowOf(row with { IsDeposit = false }));
        Assert.Equal((CashFlowKind.Staking, null), FlowOf(row with { IsDeposit = null }));
        Assert.Equal((CashFlowKind.Staking, -800m), FlowOf(row with { Token = null }));
        Assert.Null(CashFlow.Of(row, Accounts.Address, prices: null).Amount);
    }

    [Theory]
    [InlineData("rewardsClaim", 5)]
    [InlineData("spotGenesis", null)]
    public void Of_AGift_ComesIn(string type, int? withoutToken)
    {
        Assert.Equal((CashFlowKind.Reward, withoutToken), FlowOf(Row(type) with { Amount = 5 }));
        Assert.Equal((CashFlowKind.Reward, 200m), FlowOf(Row(type) with { Amount = 5, Token = "HYPE" }));
    }

    [Theory]
    [InlineData("accountClassTransfer")]
    [InlineData("activateDexAbstraction")]
    [InlineData("borrowLend")]
    [InlineData("liquidation")]
    public void Of_WhatStaysInside_IsNone(string type) => Assert.Equal((CashFlowKind.None, 0m), FlowOf(Row(type) with { Usdc = 50, Amount = 50 }));

    [Theory]
    [InlineData("deployGasAuction")]
    [InlineData("somethingOfTomorrow")]
    [InlineData("")]
    public void Of_ATypeThatWeDoNotKnow_IsNotKnown(string type) => Assert.Equal((CashFlowKind.Unknown, null), FlowOf(Row(type) with { Usdc = 50, Amount = 50 }));

    [Fact]
    public void Of_ARowWithoutItsAmount_IsNotKnown() =>
        Assert.All(["deposit", "withdraw", "vaultDeposit", "vaultWithdraw", "rewardsClaim"], type => Assert.Null(FlowOf(Row(type)).Amount));

    [Fact]
    public void Of_ALedger_IsTheSumOfItsRows_AndNamesWhatItCannotTell()
    {
        var known = new[] { Row("deposit") with { Usdc = 900 }, Row("withdraw") with { Usdc = 100 } };

        Assert.Equal((800m, 0), (NetFlows.Of(known, Accounts.Address, Prices).Amount, NetFlows.Of(known, Accounts.Address, Prices).Missing.Count));
        Assert.Equal(900m, NetFlows.Of(known, Accounts.Address, Prices).Inflows);
        var unknown = NetFlows.Of([.. known, Row("new"), Row("deployGasAuction"), Row("new")], Accounts.Address, Prices);
        Assert.Null(unknown.Amount);
        Assert.Equal(["ledger:deployGasAuction", "ledger:new"], unknown.Missing);
    }

    [Theory]
    [InlineData("", "xyz", true, true, "xyz")]
    [InlineData("xyz", "flx", true, true, "flx,xyz")]
    [InlineData("spot", "", true, true, "")]
    [InlineData("xyz", "flx", false, true, "flx")]
    [InlineData("xyz", "flx", true, false, "xyz")]
    public void Of_ALedger_NamesTheExchangesThatOwnMoneyMovedTo(string source, string destination, bool isFromOwn, bool isToOwn, string dexes)
    {
        var row = Row("send") with
        {
            SourceDex = source,
            DestinationDex = destination,
            User = isFromOwn ? Own : Other,
            Destination = isToOwn ? Own.ToUpperInvariant() : Other,
        };

        Assert.Equal(dexes, string.Join(',', NetFlows.Of([row], Accounts.Address, Prices).Dexes.Keys.Order(StringComparer.Ordinal)));
    }

    private static LedgerRow Row(string type) => new(Accounts.Now, "0x1", type);

    private static (CashFlowKind Kind, decimal? Amount) FlowOf(LedgerRow row) => CashFlow.Of(row, Accounts.Address, Prices) is var flow ? (flow.Kind, flow.Amount) : default;
}
