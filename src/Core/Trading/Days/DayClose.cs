using NodaTime;
using TraderHub.Core.Trading.CashFlows;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Core.Trading.Days;

/// <summary>How a day ended (rules D1, D4 and D5). Amounts are in US dollars. A day that could not be judged has reached and lost nothing.</summary>
/// <param name="EndBalance">The first total that was seen after its end.</param>
/// <param name="AsOf">When that was seen.</param>
/// <param name="NetTransfers">What came in less what went out meanwhile; null when nobody could say.</param>
/// <param name="Pnl">What the day brought, transfers excluded; null when that is not known.</param>
/// <param name="PnlPercent">The same in percent of the start balance and what came in; 0 when there was none.</param>
/// <param name="IsTargetReached">Whether that is the day's target, or more.</param>
/// <param name="CountsAsAchievement">Whether it is near enough to the target for the streak.</param>
/// <param name="IsSignificantLoss">Whether it lost more than the trader's threshold, which is a share of the target.</param>
/// <param name="Missing">Why the day could not be judged; empty when it was.</param>
public sealed record DayClose(
    decimal EndBalance,
    Instant AsOf,
    decimal? NetTransfers,
    decimal? Pnl,
    decimal? PnlPercent,
    bool IsTargetReached,
    bool CountsAsAchievement,
    bool IsSignificantLoss,
    IReadOnlyList<string> Missing)
{
    /// <summary>Closes a day.</summary>
    public static DayClose Of(DailyBalance day, decimal endBalance, Instant asOf, NetFlows flows, UserSettings settings)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(settings);
        var change = DayChange.Of(day, endBalance, asOf, flows);
        if (change is not { Amount: { } pnl, Percent: { } percent })
        {
            return new(endBalance, asOf, change.NetFlows, null, null, false, false, false, change.Missing);
        }

        var target = settings.DailyTarget.TargetPercentage;
        var progress = target > 0 ? percent / target * 100 : 0;
        return new(
            endBalance,
            asOf,
            change.NetFlows,
            pnl,
            percent,
            IsTargetReached: percent >= target,
            CountsAsAchievement: progress >= settings.Advanced.StreakThreshold,
            IsSignificantLoss: percent < -(target * settings.Advanced.LossThreshold / 100),
            change.Missing);
    }
}
