using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Functions.Trading;

/// <summary>A trader's settings. Answers have every field; in a request, what is absent or null is the default.</summary>
/// <param name="DailyTarget">What a day should bring.</param>
/// <param name="AdvancedSettings">Fees, thresholds, times and leverage.</param>
/// <param name="Timezone">Where the trader's days begin; a change replaces it as a whole.</param>
/// <param name="Version">Counts the changes; 0 while everything is the default. Not read.</param>
/// <param name="UpdatedAt">When it was last changed; null before that. Not read.</param>
public sealed record SettingsDocument(
    DailyTargetFields? DailyTarget, AdvancedSettingsFields? AdvancedSettings, SettingsTimezone? Timezone, long? Version, string? UpdatedAt)
{
    /// <summary>The document of settings.</summary>
    public static SettingsDocument From(UserSettings settings, Instant now)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            DailyTargetFields.From(settings.DailyTarget),
            AdvancedSettingsFields.From(settings.Advanced),
            SettingsTimezone.From(settings.Zone, now),
            settings.Version,
            settings.UpdatedAt?.ToIso());
    }

    /// <summary>Settings as this document has them; what is wrong with it is noted.</summary>
    public UserSettings ToSettings(UserSettings current, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(current);
        return current with
        {
            DailyTarget = (DailyTarget ?? new(null, null, null, null)).ToDailyTarget(),
            Advanced = (AdvancedSettings ?? AdvancedSettingsFields.Empty).ToAdvancedSettings(errors),
            Zone = Timezone?.ToZone(errors),
        };
    }
}

/// <summary>What a day should bring.</summary>
/// <param name="TargetPercentage">The profit to reach, in percent of the day's start balance; from 0.</param>
/// <param name="MinimumTrades">Over how many trades; from 1.</param>
/// <param name="FixedLeverageRatio">The leverage to use, in percent of a coin's most; 1 to 100.</param>
/// <param name="FixedSLPercentage">The loss that a trade may make, in percent of the account; from 0.1.</param>
public sealed record DailyTargetFields(decimal? TargetPercentage, int? MinimumTrades, decimal? FixedLeverageRatio, decimal? FixedSLPercentage)
{
    /// <summary>The fields of a target.</summary>
    public static DailyTargetFields From(DailyTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new(target.TargetPercentage, target.MinimumTrades, target.FixedLeverageRatio, target.FixedSLPercentage);
    }

    /// <summary>The target.</summary>
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

/// <summary>Fees, thresholds, times and leverage.</summary>
/// <param name="TakerFee">In percent of a trade's value; 0 to 10.</param>
/// <param name="MakerFee">In percent of a trade's value; 0 to 10.</param>
/// <param name="StreakThreshold">The progress of the target, in percent, that counts for the streak; 1 to 100.</param>
/// <param name="LossThreshold">The share of the target, in percent, that a day may lose before it counts as a significant loss; 10 to 100.</param>
/// <param name="PreferredTradingTimes">When the trader wants to trade; at most 24 periods.</param>
/// <param name="AvoidedTradingTimes">When the trader does not want to; at most 24 periods.</param>
/// <param name="LeverageMap">The most leverage by coin, 0.1 to 100; names are kept in their case.</param>
/// <param name="DefaultLeverage">The most leverage of other coins; 0.1 to 100.</param>
/// <param name="DefaultLongCrypto">The coin that forms begin with for a long.</param>
/// <param name="DefaultShortCrypto">The coin that forms begin with for a short.</param>
public sealed record AdvancedSettingsFields(
    decimal? TakerFee,
    decimal? MakerFee,
    decimal? StreakThreshold,
    decimal? LossThreshold,
    IReadOnlyList<TimePeriodFields>? PreferredTradingTimes,
    IReadOnlyList<TimePeriodFields>? AvoidedTradingTimes,
    IReadOnlyDictionary<string, decimal?>? LeverageMap,
    decimal? DefaultLeverage,
    string? DefaultLongCrypto,
    string? DefaultShortCrypto)
{
    /// <summary>Nothing.</summary>
    internal static AdvancedSettingsFields Empty { get; } = new(null, null, null, null, null, null, null, null, null, null);

    /// <summary>The fields of settings.</summary>
    public static AdvancedSettingsFields From(AdvancedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.TakerFee,
            settings.MakerFee,
            settings.StreakThreshold,
            settings.LossThreshold,
            settings.PreferredTradingTimes.Select(TimePeriodFields.From).ToList(),
            settings.AvoidedTradingTimes.Select(TimePeriodFields.From).ToList(),
            settings.LeverageMap.ToDictionary(coin => coin.Key, coin => (decimal?)coin.Value),
            settings.DefaultLeverage,
            settings.DefaultLongCrypto,
            settings.DefaultShortCrypto);
    }

    /// <summary>The settings; what is wrong with them is noted.</summary>
    public AdvancedSettings ToAdvancedSettings(FieldErrors errors)
    {
        var otherwise = AdvancedSettings.Default;
        return new(
            TakerFee ?? otherwise.TakerFee,
            MakerFee ?? otherwise.MakerFee,
            StreakThreshold ?? otherwise.StreakThreshold,
            LossThreshold ?? otherwise.LossThreshold,
            TimePeriodFields.ToPeriods(PreferredTradingTimes, "advancedSettings.preferredTradingTimes", errors) ?? otherwise.PreferredTradingTimes,
            TimePeriodFields.ToPeriods(AvoidedTradingTimes, "advancedSettings.avoidedTradingTimes", errors) ?? otherwise.AvoidedTradingTimes,
            LeverageMap?.Where(coin => coin.Value is not null).ToDictionary(coin => coin.Key, coin => coin.Value!.Value) ?? otherwise.LeverageMap,
            DefaultLeverage ?? otherwise.DefaultLeverage,
            DefaultLongCrypto ?? otherwise.DefaultLongCrypto,
            DefaultShortCrypto ?? otherwise.DefaultShortCrypto);
    }
}

/// <summary>A stretch of the day on the trader's clock.</summary>
/// <param name="Start">The minute it begins with, as <c>HH:MM</c>.</param>
/// <param name="End">The minute it ends with, which belongs to it; before the start when it goes over midnight.</param>
/// <param name="Label">What the trader calls it; at most 64 characters.</param>
public sealed record TimePeriodFields(
    string? Start, string? End, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label)
{
    private static readonly LocalTimePattern Times = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The fields of a period.</summary>
    public static TimePeriodFields From(TimePeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        return new(Times.Format(period.Start), Times.Format(period.End), period.Label);
    }

    /// <summary>The periods of a list; what is wrong with them is noted. A place of the list whose shape was wrong is null.</summary>
    internal static List<TimePeriod>? ToPeriods(IReadOnlyList<TimePeriodFields?>? list, string path, FieldErrors errors) => list?.Index()
        .Where(period => period.Item is not null)
        .Select(period => period.Item!.ToPeriod($"{path}[{period.Index}]", errors))
        .ToList();

    private TimePeriod ToPeriod(string path, FieldErrors errors) =>
        new(ReadTime(Start, $"{path}.start", errors), ReadTime(End, $"{path}.end", errors), Label);

    private static LocalTime ReadTime(string? text, string path, FieldErrors errors)
    {
        if (text is not null && Times.Parse(text).TryGetValue(default, out var time))
        {
            return time;
        }

        if (!errors.Contains(path))
        {
            errors.Add(path, "must be a time of day from 00:00 to 23:59, such as 09:30.");
        }

        return default;
    }
}

/// <summary>The zone of a trader's settings.</summary>
/// <param name="Offset">The offset from UTC in hours, -12 to 14 in quarter hours; in answers, the one that holds now.</param>
/// <param name="Name">What the zone is called.</param>
/// <param name="ZoneId">Its IANA id, which wins over the offset; absent for a fixed offset.</param>
/// <param name="Source"><c>stored</c> when the trader has chosen it, <c>default</c> when none was chosen; sent back, <c>default</c> still means that.</param>
public sealed record SettingsTimezone(
    decimal? Offset,
    string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ZoneId,
    string? Source)
{
    /// <summary>The fields of a zone.</summary>
    public static SettingsTimezone From(UserZone? chosen, Instant now)
    {
        var zone = chosen ?? UserZone.Utc;
        return new(zone.OffsetAt(now), zone.Name, zone.Id, chosen is null ? RequestZone.FromDefault : RequestZone.FromStore);
    }

    /// <summary>The zone, null when none is chosen; what is wrong with it is noted.</summary>
    public UserZone? ToZone(FieldErrors errors) =>
        Source == RequestZone.FromDefault ? null : TimezoneChoices.Read(Offset, Name, ZoneId, "timezone.", errors);
}
