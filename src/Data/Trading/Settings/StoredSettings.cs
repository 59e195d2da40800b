using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Data.Trading.Settings;

/// <summary>The column <c>daily_target</c>. What it lacks is the default.</summary>
internal sealed record StoredDailyTarget(decimal? TargetPercentage, int? MinimumTrades, decimal? FixedLeverageRatio, decimal? FixedSLPercentage)
{
    /// <summary>Fields that others wrote; they stay.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    public static StoredDailyTarget From(DailyTarget target) =>
        new(target.TargetPercentage, target.MinimumTrades, target.FixedLeverageRatio, target.FixedSLPercentage);

    public DailyTarget ToDailyTarget()
    {
        var otherwise = DailyTarget.Default;
        return new(
            TargetPercentage ?? otherwise.TargetPercentage,
            MinimumTrades ?? otherwise.MinimumTrades,
            FixedLeverageRatio ?? otherwise.FixedLeverageRatio,
            FixedSLPercentage ?? otherwise.FixedSLPercentage);
    }
}

/// <summary>The column <c>advanced_settings</c>. What it lacks is the default. The old names of the lists are read and no longer written.</summary>
internal sealed record StoredAdvancedSettings(
    decimal? TakerFee,
    decimal? MakerFee,
    decimal? StreakThreshold,
    decimal? LossThreshold,
    IReadOnlyList<StoredPeriod?>? PreferredTradingTimes,
    IReadOnlyList<StoredPeriod?>? AvoidedTradingTimes,
    IReadOnlyDictionary<string, decimal>? LeverageMap,
    decimal? DefaultLeverage,
    string? DefaultLongCrypto,
    string? DefaultShortCrypto)
{
    /// <summary>An old name of <see cref="PreferredTradingTimes"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StoredPeriod?>? PreferredTimes { get; init; }

    /// <summary>An old name of <see cref="AvoidedTradingTimes"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StoredPeriod?>? AvoidedTimes { get; init; }

    /// <summary>Fields that others wrote; they stay.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    public static StoredAdvancedSettings From(AdvancedSettings settings) => new(
        settings.TakerFee,
        settings.MakerFee,
        settings.StreakThreshold,
        settings.LossThreshold,
        settings.PreferredTradingTimes.Select(StoredPeriod.From).ToList(),
        settings.AvoidedTradingTimes.Select(StoredPeriod.From).ToList(),
        settings.LeverageMap,
        settings.DefaultLeverage,
        settings.DefaultLongCrypto,
        settings.DefaultShortCrypto);

    public AdvancedSettings ToAdvancedSettings()
    {
        var otherwise = AdvancedSettings.Default;
        return new(
            TakerFee ?? otherwise.TakerFee,
            MakerFee ?? otherwise.MakerFee,
            StreakThreshold ?? otherwise.StreakThreshold,
            LossThreshold ?? otherwise.LossThreshold,
            (PreferredTradingTimes ?? PreferredTimes)?.Select(StoredPeriod.ToPeriod).ToList() ?? otherwise.PreferredTradingTimes,
            (AvoidedTradingTimes ?? AvoidedTimes)?.Select(StoredPeriod.ToPeriod).ToList() ?? otherwise.AvoidedTradingTimes,
            LeverageMap ?? otherwise.LeverageMap,
            DefaultLeverage ?? otherwise.DefaultLeverage,
            DefaultLongCrypto ?? otherwise.DefaultLongCrypto,
            DefaultShortCrypto ?? otherwise.DefaultShortCrypto);
    }
}

/// <summary>A period, its times as <c>HH:MM</c>.</summary>
internal sealed record StoredPeriod(
    string? Start, string? End, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label)
{
    private static readonly LocalTimePattern Times = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static StoredPeriod From(TimePeriod period) => new(Times.Format(period.Start), Times.Format(period.End), period.Label);

    /// <exception cref="FormatException">It lacks a time, or a time is none.</exception>
    public static TimePeriod ToPeriod(StoredPeriod? period) => new(Parse(period?.Start), Parse(period?.End), period?.Label);

    private static LocalTime Parse(string? text) => Times.Parse(text ?? throw new FormatException("A period lacks a time.")).GetValueOrThrow();
}

/// <summary>Numbers are written as such; those that forms once left as texts are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(StoredDailyTarget))]
[JsonSerializable(typeof(StoredAdvancedSettings))]
internal sealed partial class StoredSettingsJson : JsonSerializerContext;
