using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.Settings;

/// <summary>What settings may be (rule P3). A value that is stored already is no fault of a change that leaves it as it is.</summary>
public static class SettingsLimits
{
    /// <summary>The most periods of a list.</summary>
    public const int MostPeriods = 24;

    /// <summary>The longest label of a period.</summary>
    public const int LongestLabel = 64;

    /// <summary>The most coins with a leverage of their own.</summary>
    public const int MostCoins = 500;

    /// <summary>The longest name of a coin.</summary>
    public const int LongestCoin = 32;

    private const decimal LowestLeverage = 0.1m;

    private const decimal HighestLeverage = 100;

    private static readonly NumberLimit[] Numbers =
    [
        new("dailyTarget.targetPercentage", settings => settings.DailyTarget.TargetPercentage, 0, 10_000),
        new("dailyTarget.minimumTrades", settings => settings.DailyTarget.MinimumTrades, 1, 10_000),
        new("dailyTarget.fixedLeverageRatio", settings => settings.DailyTarget.FixedLeverageRatio, 1, 100),
        new("dailyTarget.fixedSLPercentage", settings => settings.DailyTarget.FixedSLPercentage, 0.1m, 100),
        new("advancedSettings.takerFee", settings => settings.Advanced.TakerFee, 0, 10),
        new("advancedSettings.makerFee", settings => settings.Advanced.MakerFee, 0, 10),
        new("advancedSettings.streakThreshold", settings => settings.Advanced.StreakThreshold, 1, 100),
        new("advancedSettings.lossThreshold", settings => settings.Advanced.LossThreshold, 10, 100),
        new("advancedSettings.defaultLeverage", settings => settings.Advanced.DefaultLeverage, LowestLeverage, HighestLeverage),
    ];

    /// <summary>Notes what is wrong with changed settings, by the path of the field.</summary>
    public static void Check(UserSettings changed, UserSettings current, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(errors);
        foreach (var limit in Numbers.Where(limit => limit.ValueOf(changed) is { } value && value != limit.ValueOf(current) && !limit.Allows(value)))
        {
            errors.Add(limit.Field, limit.Problem);
        }

        CheckPeriods("preferredTradingTimes", changed.Advanced.PreferredTradingTimes, current.Advanced.PreferredTradingTimes, errors);
        CheckPeriods("avoidedTradingTimes", changed.Advanced.AvoidedTradingTimes, current.Advanced.AvoidedTradingTimes, errors);
        CheckLeverageMap(changed.Advanced.LeverageMap, current.Advanced.LeverageMap, errors);
        CheckCoin("defaultLongCrypto", changed.Advanced.DefaultLongCrypto, current.Advanced.DefaultLongCrypto, errors);
        CheckCoin("defaultShortCrypto", changed.Advanced.DefaultShortCrypto, current.Advanced.DefaultShortCrypto, errors);
    }

    private static void CheckPeriods(string list, IReadOnlyList<TimePeriod> changed, IReadOnlyList<TimePeriod> current, FieldErrors errors)
    {
        if (changed.SequenceEqual(current))
        {
            return;
        }

        if (changed.Count > MostPeriods)
        {
            errors.Add($"advancedSettings.{list}", $"must have at most {MostPeriods} periods.");
        }

        foreach (var (index, _) in changed.Index().Where(period => period.Item.Label is { } label && PlainText.LengthOf(label) > LongestLabel))
        {
            errors.Add($"advancedSettings.{list}[{index}].label", $"must have at most {LongestLabel} characters.");
        }
    }

    private static void CheckLeverageMap(
        IReadOnlyDictionary<string, decimal> changed, IReadOnlyDictionary<string, decimal> current, FieldErrors errors)
    {
        const string Map = "advancedSettings.leverageMap";
        if (changed.Count > MostCoins && changed.Count > current.Count)
        {
            errors.Add(Map, $"must have at most {MostCoins} coins.");
        }

        foreach (var (coin, leverage) in changed.Except(current).Take(MostCoins))
        {
            var limit = new NumberLimit($"{Map}.{coin}", _ => leverage, LowestLeverage, HighestLeverage);
            if (!limit.Allows(leverage))
            {
                errors.Add(limit.Field, limit.Problem);
            }

            if (!IsCoin(coin))
            {
                errors.Add(Map, CoinProblem);
            }
        }
    }

    private static void CheckCoin(string field, string changed, string current, FieldErrors errors)
    {
        if (changed != current && !IsCoin(changed))
        {
            errors.Add($"advancedSettings.{field}", CoinProblem);
        }
    }

    private static bool IsCoin(string name) =>
        name.Length is > 0 and <= LongestCoin && name.All(character => character is > ' ' and <= '~');

    private static string CoinProblem => $"must name coins as the exchange does, in at most {LongestCoin} characters without spaces.";

    private sealed record NumberLimit(string Field, Func<UserSettings, decimal?> ValueOf, decimal Lowest, decimal Highest)
    {
        public string Problem => FormattableString.Invariant($"must be from {Lowest} to {Highest}.");

        public bool Allows(decimal value) => value >= Lowest && value <= Highest;
    }
}
