using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Core.Tests.Trading;

public sealed class SettingsLimitsTests
{
    private static readonly UserSettings Defaults = UserSettings.DefaultOf(WalletAddress.Parse("0x00000000000000000000000000000000000000a1"));

    private static readonly Dictionary<string, (decimal Lowest, decimal Highest, Func<decimal, UserSettings> With)> Numbers = new()
    {
        ["dailyTarget.targetPercentage"] = (0, 10_000, value => WithTarget(target => target with { TargetPercentage = value })),
        ["dailyTarget.fixedLeverageRatio"] = (1, 100, value => WithTarget(target => target with { FixedLeverageRatio = value })),
        ["dailyTarget.fixedSLPercentage"] = (0.1m, 100, value => WithTarget(target => target with { FixedSLPercentage = value })),
        ["advancedSettings.takerFee"] = (0, 10, value => WithAdvanced(settings => settings with { TakerFee = value })),
        ["advancedSettings.makerFee"] = (0, 10, value => WithAdvanced(settings => settings with { MakerFee = value })),
        ["advancedSettings.streakThreshold"] = (1, 100, value => WithAdvanced(settings => settings with { StreakThreshold = value })),
        ["advancedSettings.lossThreshold"] = (10, 100, value => WithAdvanced(settings => settings with { LossThreshold = value })),
        ["advancedSettings.defaultLeverage"] = (0.1m, 100, value => WithAdvanced(settings => settings with { DefaultLeverage = value })),
        ["advancedSettings.leverageMap.kPEPE"] = (0.1m, 100, value => WithAdvanced(settings => settings with { LeverageMap = new Dictionary<string, decimal> { ["kPEPE"] = value } })),
    };

    [Fact]
    public void Check_AnyNumber_IsRefusedOutsideItsLimitsAndNowhereElse() =>
        Prop.ForAll(
            Arb.From(Gen.Elements(Numbers.Keys.ToArray())),
            Arb.From(Gen.Choose(-3_000, 12_000_000).Select(thousandths => thousandths / 1000m)),
            (field, value) =>
            {
                var (lowest, highest, with) = Numbers[field];
                var expected = value < lowest || value > highest ? new[] { field } : [];
                return ProblemsOf(with(value)).SequenceEqual(expected);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Check_TheEndsOfEachLimit_AreAllowed() => Assert.All(Numbers.Values, number =>
    {
        Assert.Empty(ProblemsOf(number.With(number.Lowest)));
        Assert.Empty(ProblemsOf(number.With(number.Highest)));
    });

    [Fact]
    public void Check_WhatIsStoredAlready_IsNoFaultOfAnotherChange_ButOfAChangeOfItself()
    {
        // The row that the origin wrote at a first login.
        var stored = WithAdvanced(settings => settings with { StreakThreshold = 0.5m, LossThreshold = 5 });

        Assert.Empty(ProblemsOf(stored with { DailyTarget = stored.DailyTarget with { TargetPercentage = 3 } }, stored));
        Assert.Equal(
            ["advancedSettings.streakThreshold"], ProblemsOf(stored with { Advanced = stored.Advanced with { StreakThreshold = 0.7m } }, stored));
    }

    [Fact]
    public void Check_ListsAndNames_AreBounded()
    {
        var period = new TimePeriod(new LocalTime(9, 0), new LocalTime(10, 0), null);
        var changed = Defaults with
        {
            DailyTarget = Defaults.DailyTarget with { MinimumTrades = 0 },
            Advanced = Defaults.Advanced with
            {
                PreferredTradingTimes = Enumerable.Repeat(period, SettingsLimits.MostPeriods + 1).ToList(),
                AvoidedTradingTimes = [period, period with { Label = new string('x', SettingsLimits.LongestLabel + 1) }],
                LeverageMap = Enumerable.Range(0, SettingsLimits.MostCoins + 1).ToDictionary(number => $"C{number}", _ => 5m),
                DefaultLongCrypto = new string('x', SettingsLimits.LongestCoin + 1),
                DefaultShortCrypto = "a b",
            },
        };

        Assert.Equal(
            [
                "advancedSettings.avoidedTradingTimes[1].label", "advancedSettings.defaultLongCrypto", "advancedSettings.defaultShortCrypto",
                "advancedSettings.leverageMap", "advancedSettings.preferredTradingTimes", "dailyTarget.minimumTrades",
            ],
            ProblemsOf(changed));
    }

    private static IEnumerable<string> ProblemsOf(UserSettings changed, UserSettings? current = null)
    {
        var errors = new FieldErrors();
        SettingsLimits.Check(changed, current ?? Defaults, errors);
        return errors.ToError().Fields.Keys;
    }

    private static UserSettings WithTarget(Func<DailyTarget, DailyTarget> change) => Defaults with { DailyTarget = change(Defaults.DailyTarget) };

    private static UserSettings WithAdvanced(Func<AdvancedSettings, AdvancedSettings> change) => Defaults with { Advanced = change(Defaults.Advanced) };
}
