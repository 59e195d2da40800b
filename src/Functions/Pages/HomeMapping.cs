using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Web.Home;

namespace TraderHub.Functions.Pages;

/// <summary>Turns what the use cases answer into what the home page shows.</summary>
internal static class HomeMapping
{
    private const string Dollars = "USDC";

    /// <summary>The home page of a trader.</summary>
    /// <param name="read">The balance, or why there is none.</param>
    /// <param name="zone">Where the trader's days are.</param>
    /// <param name="now">The time.</param>
    public static HomeModel ToModel((Balance? Balance, string? Problem) read, UserZone zone, Instant now) =>
        new(read.Balance is { } balance ? ToView(balance) : null, read.Problem, Target: null, ToTradingTime(zone, now));

    private static BalanceView ToView(Balance balance)
    {
        var dollars = balance.Spot?.Balances.Where(holding => holding.Coin == Dollars).Sum(holding => holding.Total) ?? 0;
        var unpriced = balance.Spot?.Balances.Where(holding => holding.Coin != Dollars && holding.Total != 0).ToList() ?? [];
        return new(
            balance.Perps.AccountValue + dollars,
            [.. balance.Missing, .. unpriced.Select(holding => $"{Web.Format.Quantity(holding.Total)} {holding.Coin}")],
            Spendable: null,
            balance.Perps.Withdrawable,
            [ToPart(balance.Perps), ToPart(balance.Spot, dollars, unpriced)],
            balance.Perps.Positions.Select(ToView).ToList());
    }

    private static BalancePart ToPart(PerpAccount perps) =>
        new(perps.Dex.Length == 0 ? "Perpetuals" : $"Perpetuals on {perps.Dex}", perps.AccountValue, null, perps.AsOf);

    private static BalancePart ToPart(SpotAccount? spot, decimal dollars, List<SpotBalance> unpriced) => new(
        "Spot",
        spot is null ? null : dollars,
        unpriced.Count == 0 ? null : $"{Dollars}; without {string.Join(", ", unpriced.Select(holding => holding.Coin))}",
        spot?.AsOf);

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

    private static TradingTimeView ToTradingTime(UserZone zone, Instant now)
    {
        var minutes = now.InZone(zone.Zone).TimeOfDay.TickOfDay / (decimal)NodaConstants.TicksPerMinute;
        return new(TradingTime.Neutral, "Neutral time", minutes / (24 * 60) * 100, []);
    }
}
