using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Days;
using TraderHub.Core.Trading.Overviews;

namespace TraderHub.Functions.Trading;

/// <summary>The answer of <c>GET /api/overview</c>.</summary>
/// <param name="ServerTime">The server's time, in UTC.</param>
/// <param name="TimezoneOffset">The trader's offset from UTC now, in hours.</param>
/// <param name="Timezone">The zone behind it, and where that comes from.</param>
/// <param name="Settings">What the trader has chosen, or the defaults.</param>
/// <param name="DailyBalance">The day that goes on; null when none is open.</param>
/// <param name="TradingStatus">What the trader has planned for now.</param>
/// <param name="Balance">The balance, as <c>GET /api/balance</c> has it; null when it cannot be read.</param>
/// <param name="Streak">The streaks of the closed days.</param>
/// <param name="Partial">Whether something is missing.</param>
/// <param name="Missing">What could not be read: <c>balance</c>, or parts of it such as <c>balance.spot</c>, and what the day lacks, such as <c>dailyBalance.ledger</c>.</param>
/// <param name="Failure">Why there is no balance, for a person; null when there is one.</param>
public sealed record OverviewAnswer(
    string ServerTime,
    decimal TimezoneOffset,
    TimezoneInUse Timezone,
    SettingsDocument Settings,
    DailyBalanceAnswer? DailyBalance,
    TradingStatusAnswer TradingStatus,
    BalanceAnswer? Balance,
    StreakAnswer Streak,
    bool Partial,
    IReadOnlyList<string> Missing,
    string? Failure)
{
    /// <summary>The answer for an overview.</summary>
    public static OverviewAnswer From(Overview overview, UserZone zone, string zoneSource, Instant now)
    {
        ArgumentNullException.ThrowIfNull(overview);
        ArgumentNullException.ThrowIfNull(zone);
        return new(
            now.ToIso(),
            zone.OffsetAt(now),
            TimezoneInUse.From(zone, zoneSource, now),
            SettingsDocument.From(overview.Settings, now),
            overview.Day is { } day ? DailyBalanceAnswer.From(day, overview.Today) : null,
            TradingStatusAnswer.From(overview.Settings.Advanced, now, zone, zoneSource),
            overview.Today is { } today ? BalanceAnswer.From(today, now) : null,
            StreakAnswer.From(overview.Streaks),
            overview.Missing.Count > 0,
            overview.Missing,
            overview.Failure);
    }
}

/// <summary>The day that goes on. Amounts are in US dollars; what is unknown is null.</summary>
/// <param name="Date">Its date on the trader's calendar.</param>
/// <param name="StartBalance">The first total that was seen of it.</param>
/// <param name="StartAsOf">When that was seen, in UTC.</param>
/// <param name="EndsAt">When the day ends, in UTC.</param>
/// <param name="Pnl">What it has brought so far, without what came in and went out; null when the day cannot be judged.</param>
/// <param name="PnlPercentage">The same in percent of the start balance and what came in.</param>
/// <param name="TargetAmount">What it should bring: the target percentage of the start balance and what came in.</param>
/// <param name="ProgressPercentage">How much of that is reached, in percent; null when the day cannot be judged.</param>
/// <param name="NetFlows">What came in less what went out: deposits, withdrawals, transfers, staking and vaults. Null when that is not known.</param>
/// <param name="Missing">Why the day cannot be judged: <c>startBalance</c>, <c>ledger</c>, or a kind of its rows such as <c>ledger:deployGasAuction</c>.</param>
public sealed record DailyBalanceAnswer(
    string Date,
    decimal StartBalance,
    string StartAsOf,
    string EndsAt,
    decimal? Pnl,
    decimal? PnlPercentage,
    decimal? TargetAmount,
    decimal? ProgressPercentage,
    decimal? NetFlows,
    IReadOnlyList<string> Missing)
{
    internal static DailyBalanceAnswer From(DailyBalance day, TradingDay? today) => new(
        day.Date.ToIso(),
        day.StartBalance,
        day.StartAsOf.ToIso(),
        day.EndsAt.ToIso(),
        Amount.Number(today?.Profit),
        Amount.Number(today?.ProfitPercent),
        Amount.Number(today?.TargetAmount),
        Amount.Number(today?.Progress),
        Amount.Number(today?.Change?.NetFlows),
        today?.Change?.Missing ?? []);
}

/// <summary>The streaks of a trader's closed days.</summary>
/// <param name="CurrentStreak">Days in a row that came near enough to their target.</param>
/// <param name="BestStreak">The most of those there ever were.</param>
/// <param name="CurrentNoLossStreak">Days in a row without a significant loss.</param>
/// <param name="BestNoLossStreak">The most of those there ever were.</param>
/// <param name="LastUpdateDate">The last day that counted; null before the first.</param>
/// <param name="TotalPositiveDays">Days that brought something.</param>
/// <param name="TotalNegativeDays">Days that lost something.</param>
/// <param name="TotalTargetAchievedDays">Days that reached their target.</param>
/// <param name="TotalSignificantLossDays">Days with a significant loss.</param>
public sealed record StreakAnswer(
    int CurrentStreak,
    int BestStreak,
    int CurrentNoLossStreak,
    int BestNoLossStreak,
    string? LastUpdateDate,
    int TotalPositiveDays,
    int TotalNegativeDays,
    int TotalTargetAchievedDays,
    int TotalSignificantLossDays)
{
    internal static StreakAnswer From(Streaks streaks) => new(
        streaks.Achievement.Current,
        streaks.Achievement.Best,
        streaks.NoLoss.Current,
        streaks.NoLoss.Best,
        streaks.LastDate?.ToIso(),
        streaks.PositiveDays,
        streaks.NegativeDays,
        streaks.TargetReachedDays,
        streaks.SignificantLossDays);
}
