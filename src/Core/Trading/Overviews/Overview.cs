using TraderHub.Core.Trading.Days;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Core.Trading.Overviews;

/// <summary>Everything that a trader sees first.</summary>
/// <param name="Settings">What the trader has chosen, or the defaults.</param>
/// <param name="Streaks">The streaks of the closed days.</param>
/// <param name="Day">The day that goes on; null when none is open.</param>
/// <param name="Today">Where the trader stands in it; null when there is no balance.</param>
/// <param name="Failure">Why there is no balance, fit for the trader's eyes; null when there is one.</param>
public sealed record Overview(UserSettings Settings, Streaks Streaks, DailyBalance? Day, TradingDay? Today, string? Failure)
{
    /// <summary>The names of what could not be read.</summary>
    public IReadOnlyList<string> Missing =>
        Today is null
            ? ["balance"]
            : [.. Today.Balance.Missing.Select(part => $"balance.{part}"), .. Today.Change?.Missing.Select(part => $"dailyBalance.{part}") ?? []];
}
