using TraderHub.Core.Tests.Trading.Balances;
using TraderHub.Core.Trading.Analysis;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Tests.Trading.Analysis;

public sealed class PositionOutlookTests
{
    private const decimal Taker = 0.05m;
    private const decimal Maker = 0.02m;

    [Fact]
    public void Of_ALongWithTwoTakeProfitsAndAStop_SumsItsOrdersAfterFees()
    {
        var outlook = OutlookOf(Accounts.Position("BTC", 2, 1000), TakeProfitAt(1100, 1), TakeProfitAt(1200, 1), StopAt(950));

        // Entry fee 2000 x 0.05 % = 1; exits 1100 x 0.02 % = 0.22 and 0.24; the stop 1900 x 0.05 % = 0.95.
        Assert.Equal(1m, outlook.EntryFee);
        Assert.Equal([100m - 0.5m - 0.22m, 200m - 0.5m - 0.24m], outlook.TakeProfits.Select(order => order.NetProfit));
        Assert.Equal(298.54m, outlook.ExpectedProfit);
        Assert.Equal(100m + 1m + 0.95m, outlook.ExpectedLoss);
        Assert.Equal(1.95m, outlook.MaximumFees);
        Assert.Equal(0.0975m, outlook.BreakevenPercent);
        Assert.Equal(298.54m / 101.95m, outlook.RewardToRisk);
        Assert.Equal(1150m, outlook.AverageTakeProfitPrice);
        Assert.Equal((950 * 0.995m, 1200 * 1.005m), outlook.PriceAxis);
    }

    [Fact]
    public void Of_AShort_GainsWhereTheLongWouldLose()
    {
        var outlook = OutlookOf(Accounts.Position("BTC", -2, 1000), TakeProfitAt(900, 2), StopAt(1050));

        Assert.Equal(200m, outlook.TakeProfits[0].Profit);
        Assert.Equal((-100m, -10m), (outlook.TakeProfits[0].PriceMove, outlook.TakeProfits[0].PercentMove));
        Assert.Equal(100m, outlook.StopLoss!.Loss);
    }

    [Fact]
    public void Of_AStopInProfit_ExpectsNoLoss()
    {
        var outlook = OutlookOf(Accounts.Position("BTC", 1, 1000), StopAt(1100));

        Assert.True(outlook.StopLoss!.IsInProfit);
        Assert.Equal(-100m + 0.5m + 0.55m, outlook.StopLoss.TotalLoss);
        Assert.Equal(0m, outlook.ExpectedLoss);
        Assert.Equal(0m, outlook.RewardToRisk);
    }

    [Fact]
    public void Of_OrdersOfOtherMarketsAndOtherKinds_AreLeftOut()
    {
        var outlook = OutlookOf(
            Accounts.Position("BTC", 1, 1000),
            TakeProfitAt(1100, 1) with { Coin = "ETH" },
            TakeProfitAt(1100, 1) with { IsReduceOnly = false },
            StopAt(900) with { OrderType = "Take Profit Market" });

        Assert.Empty(outlook.TakeProfits);
        Assert.Null(outlook.StopLoss);
        Assert.Equal((0m, 0m, 0m), (outlook.ExpectedProfit, outlook.ExpectedLoss, outlook.AverageTakeProfitPrice));
    }

    [Fact]
    public void Of_APositionWithoutAnEntryPrice_IsNothing() =>
        Assert.Null(PositionOutlook.Of(Accounts.Position("BTC", 1, null), [], Taker, Maker));

    [Fact]
    public void UnrealizedLoss_IsAShareOfTheValueBeforeAndAfter()
    {
        var parts = Accounts.Parts(AccountMode.Disabled, perps: 900);
        var losing = parts with { Perps = [Accounts.Perps(PerpDex.Main, 900, 0, Accounts.Position("BTC", 1, 1000, -150), Accounts.Position("ETH", 1, 10, 50))] };

        var loss = UnrealizedLoss.Of(new Balance(losing))!;

        Assert.Equal((-100m, 900m, 1000m, 0.1m), (loss.UnrealizedPnl, loss.CurrentValue, loss.InitialValue, loss.LossShare));
        Assert.Equal(100m / 900, loss.RecoveryShare);
        Assert.Null(UnrealizedLoss.Of(new Balance(parts)));
    }

    private static PositionOutlook OutlookOf(Position position, params OpenOrder[] orders) => PositionOutlook.Of(position, orders, Taker, Maker)!;

    private static OpenOrder TakeProfitAt(decimal price, decimal size) => new(
        "BTC", 1, "A", price, size, size, "Limit", Accounts.Now, true, null, null, false, false, null, []);

    private static OpenOrder StopAt(decimal price) => new(
        "BTC", 2, "A", 1, 1, 1, "Stop Market", Accounts.Now, true, null, price, true, true, null, []);
}
