using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.Settings;

/// <summary>What a trader has chosen.</summary>
/// <param name="Address">Whose settings.</param>
/// <param name="DailyTarget">What a day should bring.</param>
/// <param name="Advanced">Fees, thresholds, times and leverage.</param>
/// <param name="Zone">Where the trader's days begin; null when none was chosen.</param>
/// <param name="Version">Counts the changes; 0 before anything was stored.</param>
/// <param name="UpdatedAt">When it was last changed; null before anything was stored.</param>
public sealed record UserSettings(
    WalletAddress Address, DailyTarget DailyTarget, AdvancedSettings Advanced, UserZone? Zone, long Version, Instant? UpdatedAt)
{
    /// <summary>The settings of a trader who has chosen nothing.</summary>
    public static UserSettings DefaultOf(WalletAddress address) => new(address, DailyTarget.Default, AdvancedSettings.Default, null, 0, null);
}

/// <summary>What a day should bring.</summary>
/// <param name="TargetPercentage">The profit to reach, in percent of the day's start balance.</param>
/// <param name="MinimumTrades">Over how many trades.</param>
/// <param name="FixedLeverageRatio">The leverage to use, in percent of a coin's most.</param>
/// <param name="FixedSLPercentage">The loss that a trade may make, in percent of the account.</param>
public sealed record DailyTarget(decimal TargetPercentage, int MinimumTrades, decimal? FixedLeverageRatio, decimal? FixedSLPercentage)
{
    /// <summary>What holds until a trader chooses.</summary>
    public static DailyTarget Default { get; } = new(10, 2, 10, 2);
}

/// <summary>Fees, thresholds, times and leverage.</summary>
/// <param name="TakerFee">In percent of a trade's value.</param>
/// <param name="MakerFee">In percent of a trade's value.</param>
/// <param name="StreakThreshold">The progress of the target, in percent, that counts as reached for the streak.</param>
/// <param name="LossThreshold">The share of the target, in percent, that a day may lose before it counts as a significant loss.</param>
/// <param name="PreferredTradingTimes">When the trader wants to trade.</param>
/// <param name="AvoidedTradingTimes">When the trader does not want to.</param>
/// <param name="LeverageMap">The most leverage by coin.</param>
/// <param name="DefaultLeverage">The most leverage of a coin that is not in the map.</param>
/// <param name="DefaultLongCrypto">The coin that forms begin with for a long.</param>
/// <param name="DefaultShortCrypto">The coin that forms begin with for a short.</param>
public sealed record AdvancedSettings(
    decimal TakerFee,
    decimal MakerFee,
    decimal StreakThreshold,
    decimal LossThreshold,
    IReadOnlyList<TimePeriod> PreferredTradingTimes,
    IReadOnlyList<TimePeriod> AvoidedTradingTimes,
    IReadOnlyDictionary<string, decimal> LeverageMap,
    decimal DefaultLeverage,
    string DefaultLongCrypto,
    string DefaultShortCrypto)
{
    /// <summary>What holds until a trader chooses.</summary>
    public static AdvancedSettings Default { get; } = new(
        0.045m,
        0.015m,
        90,
        30,
        [],
        [],
        new Dictionary<string, decimal> { ["ETH"] = 25, ["BTC"] = 40, ["SOL"] = 15, ["kPEPE"] = 0.5m },
        10,
        "ETH",
        "BTC");
}

/// <summary>A stretch of the day on the trader's clock.</summary>
/// <param name="Start">The minute it begins with.</param>
/// <param name="End">The minute it ends with, which belongs to it; before the start when it goes over midnight.</param>
/// <param name="Label">What the trader calls it.</param>
public sealed record TimePeriod(LocalTime Start, LocalTime End, string? Label);
