using NodaTime;
using TraderHub.Core.Tests.Trading.Balances;
using TraderHub.Core.Trading.CashFlows;
using TraderHub.Core.Trading.Days;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Core.Tests.Trading.Days;

public sealed class DayCloseTests
{
    private static readonly LocalDate Date = new(2026, 11, 21);

    [Theory]
    [InlineData(1000, 1100, 0, 100, 10, true, true, false)]
    [InlineData(1000, 1090, 0, 90, 9, false, true, false)]
    [InlineData(1000, 1089, 0, 89, 8.9, false, false, false)]
    [InlineData(1000, 970, 0, -30, -3, false, false, false)]
    [InlineData(1000, 969, 0, -31, -3.1, false, false, true)]
    [InlineData(1000, 1500, 500, 0, 0, false, false, false)]
    [InlineData(1000, 400, -600, 0, 0, false, false, false)]
    [InlineData(0, 50, 0, 50, 0, false, false, false)]
    public void Of_MeasuresTheDayAgainstItsStartAndItsTarget(
        double start, double end, double transfers, double pnl, double percent, bool isTarget, bool isAchievement, bool isLoss)
    {
        // The defaults: a target of 10 %, 90 % of which count for the streak, and 30 % of which are a significant loss.
        var close = DayClose.Of(DayFrom((decimal)start), (decimal)end, Accounts.Now, NetFlows.None with { Amount = (decimal)transfers }, UserSettings.DefaultOf(Accounts.Address));

        Assert.Equal(((decimal)pnl, (decimal)percent), (close.Pnl, close.PnlPercent));
        Assert.Equal((isTarget, isAchievement, isLoss), (close.IsTargetReached, close.CountsAsAchievement, close.IsSignificantLoss));
    }

    [Theory]
    [InlineData(10, 10060, 10000, 10000, 50, 0.4995, false)]
    [InlineData(0, 1100, 1000, 1000, 100, 10, true)]
    [InlineData(1000, 1100, 0, 1000, 100, 5, false)]
    [Trait("Case", "M6")]
    public void Of_ADayIntoWhichMoneyCame_IsMeasuredAgainstThatToo(
        double start, double end, double transfers, double inflows, double pnl, double percent, bool isTarget)
    {
        var flows = new NetFlows((decimal)transfers, [], null) { Inflows = (decimal)inflows };

        var close = DayClose.Of(DayFrom((decimal)start), (decimal)end, Accounts.Now, flows, UserSettings.DefaultOf(Accounts.Address));

        Assert.Equal(((decimal)pnl, (decimal)percent), (close.Pnl, decimal.Round(close.PnlPercent!.Value, 4)));
        Assert.Equal((isTarget, isTarget), (close.IsTargetReached, close.CountsAsAchievement));
    }

    [Fact]
    public void After_GoodAndBadDays_CountsBothStreaksByThemselves()
    {
        var streaks = new[] { 1100m, 1095m, 1010m, 900m, 1200m }
            .Select(end => DayClose.Of(DayFrom(1000), end, Accounts.Now, NetFlows.None, UserSettings.DefaultOf(Accounts.Address)))
            .Aggregate((Streaks: Streaks.None, Date), (before, close) => (before.Streaks.After(before.Date, close), before.Date.PlusDays(1)))
            .Streaks;

        Assert.Equal(new Streak(1, 2), streaks.Achievement);
        Assert.Equal(new Streak(1, 3), streaks.NoLoss);
        Assert.Equal((4, 1, 2, 1), (streaks.PositiveDays, streaks.NegativeDays, streaks.TargetReachedDays, streaks.SignificantLossDays));
    }

    [Fact]
    public void After_ADayThatCountedAlready_ChangesNothing()
    {
        var close = DayClose.Of(DayFrom(1000), 1100, Accounts.Now, NetFlows.None, UserSettings.DefaultOf(Accounts.Address));
        var once = Streaks.None.After(Date, close);

        Assert.Equal(once, once.After(Date, close));
        Assert.Equal(once, once.After(Date.PlusDays(-3), close));
    }

    [Fact]
    public void After_DatesWithoutADay_BreaksNoStreak()
    {
        var close = DayClose.Of(DayFrom(1000), 1100, Accounts.Now, NetFlows.None, UserSettings.DefaultOf(Accounts.Address));

        Assert.Equal(new Streak(2, 2), Streaks.None.After(Date, close).After(Date.PlusDays(9), close).Achievement);
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("ledger:deployGasAuction")]
    [Trait("Case", "M6")]
    public void Of_ADayOfWhichNotAllIsKnown_IsJudgedByNothing(string missing)
    {
        var close = DayClose.Of(DayFrom(1000), 1900, Accounts.Now, new NetFlows(null, [missing], null), UserSettings.DefaultOf(Accounts.Address));
        var before = new Streaks(Date.PlusDays(-1), new Streak(3, 4), new Streak(5, 6), 1, 2, 3, 4);

        Assert.Equal((null, null, 1900m), (close.Pnl, close.PnlPercent, close.EndBalance));
        Assert.Equal((false, false, false), (close.IsTargetReached, close.CountsAsAchievement, close.IsSignificantLoss));
        Assert.Equal([missing], close.Missing);
        Assert.Equal(before, before.After(Date, close));
    }

    [Theory]
    [InlineData(45, 45, "")]
    [InlineData(46, 0, "startBalance")]
    [InlineData(0, 46, "endBalance")]
    [InlineData(600, 600, "startBalance,endBalance")]
    public void Of_ABalanceThatWasSeenTooFarFromItsBoundary_TellsNothingOfTheDay(int startLate, int endLate, string missing)
    {
        var day = DayFrom(1000) with { StartsAt = Accounts.Now - Duration.FromHours(24), StartAsOf = Accounts.Now - Duration.FromHours(24) + Duration.FromMinutes(startLate) };

        var close = DayClose.Of(day, 1100, Accounts.Now + Duration.FromMinutes(endLate), NetFlows.None, UserSettings.DefaultOf(Accounts.Address));

        Assert.Equal(missing, string.Join(',', close.Missing));
        Assert.Equal(missing.Length == 0 ? 100m : null, close.Pnl);
    }

    [Fact]
    public void Of_AFirstDay_BeginsWithItsFirstBalance() =>
        Assert.Equal(100m, DayClose.Of(DayFrom(1000), 1100, Accounts.Now, NetFlows.None, UserSettings.DefaultOf(Accounts.Address)).Pnl);

    private static DailyBalance DayFrom(decimal start) => new(Accounts.Address, Date, Date, 0, Accounts.Now, start, Accounts.Now, null, 0);
}
