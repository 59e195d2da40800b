using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Days;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Core.Trading.Overviews;
using TraderHub.Core.Trading.Settings;
using TraderHub.Core.Trading.Status;
using TraderHub.Functions.Trading;
using TraderHub.Web.Home;

namespace TraderHub.Functions.Pages;

/// <summary>Turns what the use cases answer into what the home page shows.</summary>
internal static class HomeMapping
{
    /// <summary>The home page of a trader.</summary>
    public static HomeModel ToModel(Overview overview, UserZone zone, Instant now) => new(
        overview.Today is { } today ? ToView(today.Balance) : null,
        overview.Failure,
        overview.Today is { } day ? ToTarget(day) : null,
        ToTradingTime(overview.Settings.Advanced, zone, now));

    private static BalanceView ToView(Balance balance)
    {
        var (parts, values) = (balance.Parts, balance.Values);
        return new(
            balance.Total,
            balance.Missing.Where(part => part != "total").ToList(),
            values.Unpriced,
            balance.Spendable,
            balance.Withdrawable,
            [
                .. parts.Perps.Select(account => ToPart(account, balance)),
                new BalancePart("Spot", values.Spot, CoinsOf(parts.Spot), parts.Spot?.AsOf, IsInTotal: true),
                new BalancePart("Staking", values.Staking, "HYPE, beside the total", parts.Staking?.AsOf, IsInTotal: false),
                new BalancePart("Vaults", values.Vaults, "beside the total", parts.Vaults?.AsOf, IsInTotal: false),
            ],
            balance.Positions.Select(ToView).ToList(),
            AccountNotice.Of(parts.Role)?.Hint);
    }

    private static BalancePart ToPart(PerpAccount account, Balance balance) => new(
        account.Dex == PerpDex.Main ? "Perpetuals" : $"Perpetuals on {account.Dex}",
        balance.Values.Of(account, account.AccountValue),
        balance.IsUnified == true ? "in a unified account part of spot" : null,
        account.AsOf,
        IsInTotal: balance.IsUnified != true);

    private static string? CoinsOf(SpotAccount? spot) =>
        spot?.Balances.Where(balance => balance.Total != 0).Select(balance => balance.Coin).ToList() is { Count: > 0 } coins ? string.Join(", ", coins) : null;

    private static PositionView ToView(Position position) => new(
        position.Coin,
        position.Size,
        position.EntryPrice,
        position.Value,
        position.UnrealizedPnl,
        position.ReturnOnEquity * 100,
        position.LiquidationPrice,
        position.MarginUsed,
        position.Leverage,
        position.LeverageType);

    private static TargetView? ToTarget(TradingDay today) => today is { Day: { } day, Profit: { } profit, TargetAmount: { } target }
        ? new(day.StartBalance, profit, target, today.Settings.DailyTarget.TargetPercentage)
        : null;

    private static TradingTimeView ToTradingTime(AdvancedSettings settings, UserZone zone, Instant now)
    {
        var hours = new TradingHours(settings.PreferredTradingTimes, settings.AvoidedTradingTimes);
        var state = ToView(hours.StateAt(now, zone));
        var minutes = now.InZone(zone.Zone).TimeOfDay.TickOfDay / (decimal)NodaConstants.TicksPerMinute;
        return new(
            state,
            state switch { TradingTime.Avoided => "Avoid trading", TradingTime.Preferred => "Optimal trading time", _ => "Neutral time" },
            minutes / MinuteOfDay.Count * 100,
            [
                .. settings.AvoidedTradingTimes.SelectMany(period => ToViews(period, TradingTime.Avoided)),
                .. settings.PreferredTradingTimes.SelectMany(period => ToViews(period, TradingTime.Preferred)),
            ]);
    }

    private static IEnumerable<TradingPeriodView> ToViews(TimePeriod period, TradingTime state) => DaySegment.Of(period).Select(segment => new TradingPeriodView(
        state,
        segment.FromMinute * 100m / MinuteOfDay.Count,
        (segment.ToMinute - segment.FromMinute) * 100m / MinuteOfDay.Count,
        $"{period.Start:HH:mm} to {period.End:HH:mm}{(string.IsNullOrWhiteSpace(period.Label) ? string.Empty : $" {period.Label}")}"));

    private static TradingTime ToView(TradingState state) => state switch
    {
        TradingState.Avoided => TradingTime.Avoided,
        TradingState.Preferred => TradingTime.Preferred,
        _ => TradingTime.Neutral,
    };
}
