using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Core.Trading.Days;

/// <summary>Where a trader stands today. Amounts are in US dollars; what needs an unknown amount is null, never zero.</summary>
/// <param name="Balance">The balance now.</param>
/// <param name="Day">The day it is in; null when that could not be opened because the total is unknown.</param>
/// <param name="Settings">What the trader has chosen, or the defaults.</param>
public sealed record TradingDay(Balance Balance, DailyBalance? Day, UserSettings Settings)
{
    /// <summary>What the day has brought so far, and what is not known of it; null when that was not asked for, or has nothing to be measured against.</summary>
    public DayChange? Change { get; init; }

    /// <summary>What the day has brought so far, without what came in and went out.</summary>
    public decimal? Profit => Change?.Amount;

    /// <summary>The same in percent of what there was to work with; 0 when that is nothing.</summary>
    public decimal? ProfitPercent => Change?.Percent;

    /// <summary>What the day should bring.</summary>
    public decimal? TargetAmount => (Change?.Basis ?? Day?.StartBalance) * Settings.DailyTarget.TargetPercentage / 100;

    /// <summary>How much of the target is reached, in percent; 0 without a target.</summary>
    public decimal? Progress => TargetAmount is { } target ? target > 0 ? Profit / target * 100 : Profit * 0 : null;
}
