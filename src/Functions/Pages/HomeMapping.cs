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
    public static HomeModel ToModel(Overview overview, UserZone zone, IReadOnlyList<string>? likelyZones, Instant now) => new(
        overview.Today is { } today ? ToView(today.Balance) : null,
        overview.Failure,
        overview.Today is { } day ? ToTarget(day) : null,
        ToTradingTime(overview.Settings.Advanced, zone, now),
        likelyZones is null ? null : new ZoneOfferView(likelyZones));

    private static BalanceView ToView(Balance balance)
    {
        var (parts, values) = (balance.Parts, balance.Values);
        var perps = parts.Perps.Select(account => ToPart(account, balance)).ToList();
        var staking = new BalancePart("Staking", values.Staking, "HYPE, in the net worth", parts.Staking?.AsOf, IsInTotal: false)
        {
            HasNoPrice = parts is { Prices: not null, Staking: not null } && values.Staking is null,
        };
        return new(
            balance.Total,
            balance.NetWorth,
            [.. parts.Missing, .. balance.Missing.Where(part => part == "mode").Except(parts.Missing)],
            values.Unpriced,
            balance.Spendable,
            balance.Withdrawable,
            balance.UnrealizedPnl,
            [.. perps, ToSpotPart(parts.Spot, values), staking, new BalancePart("Vaults", values.Vaults, "in the net worth", parts.Vaults?.AsOf, IsInTotal: false)],
            balance.Positions.Select(ToView).ToList(),
            AccountNotice.Of(parts.Role)?.Hint)
        {
            Unvalued = perps.Append(staking).Where(part => part.HasNoPrice).Select(part => part.Name).ToList(),
        };
    }

    private static BalancePart ToPart(PerpAccount account, Balance balance) => new(
        account.Dex == PerpDex.Main ? "Perpetuals" : $"Perpetuals on {account.Dex}",
        balance.Values.Of(account, account.AccountValue),
        balance.IsUnified == true ? "in a unified account part of spot" : null,
        account.AsOf,
        IsInTotal: balance.IsUnified != true)
    {
        HasNoPrice = balance.Parts is { Prices: not null, Dexes.Count: > 0 } && balance.Values.Of(account, account.AccountValue) is null,
    };

    private static BalancePart ToSpotPart(SpotAccount? spot, Valuation values)
    {
        var held = spot?.Balances.Where(balance => balance.Total != 0).Select(balance => balance.Coin).ToList() ?? [];
        var priced = held.Except(values.Unpriced).ToList();
        var hasNoPrice = held.Count > 0 && priced.Count == 0;
        var detail = string.Join("; ", new[]
        {
            string.Join(", ", hasNoPrice ? held : priced),
            hasNoPrice || values.Unpriced.Count == 0 ? string.Empty : $"no price: {string.Join(", ", values.Unpriced)}",
        }.Where(text => text.Length > 0));
        return new("Spot", hasNoPrice ? null : values.Spot, detail.Length > 0 ? detail : null, spot?.AsOf, IsInTotal: true) { HasNoPrice = hasNoPrice };
    }

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

    private static TargetView? ToTarget(TradingDay today) => today is { Day: { } day, Change: { } change, TargetAmount: { } target }
        ? new(day.StartBalance, change.Amount, target, today.Settings.DailyTarget.TargetPercentage, day.EndsAt)
        {
            NetFlows = change.NetFlows ?? 0,
            ProfitPercent = change.Percent ?? 0,
            Obstacles = change.Missing.Select(ToObstacle).ToList(),
        }
        : null;

    private static string ToObstacle(string missing) => missing switch
    {
        "ledger" => "What came in and went out could not be read.",
        "startBalance" => "Nobody saw the balance when it began.",
        "endBalance" => "Nobody saw the balance when it ended.",
        _ => $"Money moved in a way that is not understood here ({missing[(missing.IndexOf(':', StringComparison.Ordinal) + 1)..]}).",
    };

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
