using System.Globalization;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>
/// The script of somebody who trades every day: opens, adds, closes in parts, turns positions over, is liquidated once, and has a hand that is right a
/// little more often than not. The dice fall by the trader's address and the day.
/// </summary>
internal static class SimulatedTrader
{
    private const decimal LargestNotional = 7_500;

    private const int LiquidationDay = 40;

    private static readonly (string Coin, int Leverage, bool IsIsolated)[] Markets = [("BTC", 10, false), ("ETH", 5, false), ("SOL", 20, true), ("HYPE", 3, false)];

    /// <summary>The script.</summary>
    public static SimulatedScript Script { get; } = (history, day, number) =>
    [
        .. SimulatedScripts.Hourly(history, day),
        .. Transfers(history, day, number),
        .. number == 0 ? [] : Markets.SelectMany((market, index) => Trades(history, day, number, market, index)),
    ];

    private static IEnumerable<SimulatedStep> Transfers(SimulatedHistory history, DateTimeOffset day, int number) => number switch
    {
        0 => [new(day.AddHours(8.1), time => history.Deposit(time, 20_000))],
        3 => [new(day.AddHours(9.1), time => history.MoveToSpot(time, 3_000))],
        4 =>
        [
            new(day.AddHours(10.1), time => history.BuySpot(time, "HYPE", 42.5m, 0.0007m)),
            new(day.AddHours(11.1), time => history.Stake(time, 20)),
        ],
        5 => [new(day.AddHours(10.1), time => history.BuySpot(time, "PURR", 1_500, 0.0007m))],
        10 => [new(day.AddHours(12.1), time => history.MoveToVault(time, 1_500)), Rewards(history, day)],
        30 => [new(day.AddHours(8.1), time => history.Deposit(time, 5_000)), Rewards(history, day)],
        61 => [new(day.AddHours(15.1), time => history.Withdraw(time, 2_500)), Rewards(history, day)],
        > 4 => [Rewards(history, day)],
        _ => [],
    };

    /// <summary>A day's share of two and a quarter per cent a year.</summary>
    private static SimulatedStep Rewards(SimulatedHistory history, DateTimeOffset day) =>
        new(day.AddMilliseconds(73), time => history.Reward(time, decimal.Round(history.Latest.Staked * 0.0225m / 365, 8)));

    private static IEnumerable<SimulatedStep> Trades(
        SimulatedHistory history, DateTimeOffset day, int number, (string Coin, int Leverage, bool IsIsolated) market, int index)
    {
        if (market.IsIsolated && number is (LiquidationDay - 1) or LiquidationDay)
        {
            return Liquidation(history, day, number, market.Coin);
        }

        var dice = SimulatedIds.DiceOf(string.Create(CultureInfo.InvariantCulture, $"{history.Owner} {day:yyyy-MM-dd} {market.Coin}"));
        return Enumerable.Range(0, 2).Select(turn => new SimulatedStep(
            day.AddHours((turn * 11) + 1.1 + index).AddMilliseconds(dice.Next(0, 6 * 3_600_000)),
            time => Act(history, time, market, dice)));
    }

    private static void Act(SimulatedHistory history, DateTimeOffset time, (string Coin, int Leverage, bool IsIsolated) market, SimulatedDice dice)
    {
        var held = history.Latest.Positions.GetValueOrDefault(market.Coin)?.Size ?? 0;
        var size = SizeOf(held, time, market.Coin, dice);
        if (size == 0)
        {
            return;
        }

        var kind = dice.Next();
        history.Trade(time, new SimulatedOrder(
            market.Coin,
            size,
            market.Leverage,
            market.IsIsolated,
            kind < 0.55 ? 0.00045m : kind < 0.9 ? 0.00015m : -0.00003m,
            IsTaker: kind < 0.55,
            Parts: dice.Next(2, 8),
            Slippage: kind < 0.55 ? 0.0002m : 0));
    }

    private static decimal SizeOf(decimal held, DateTimeOffset time, string coin, SimulatedDice dice)
    {
        var price = SimulatedMarket.PriceOf(coin, time);
        var decimals = SimulatedListings.PerpOf(coin).SizeDecimals;
        var wanted = decimal.Round((decimal)(0.25 + (0.75 * dice.Next())) * LargestNotional / price, decimals);
        var isRight = dice.Next() < 0.56;
        var rises = SimulatedMarket.PriceOf(coin, time.AddHours(18)) > price;
        var chance = dice.Next();
        return held == 0 ? (chance < 0.8 ? (isRight == rises ? wanted : -wanted) : 0)
            : chance < 0.3 ? -held
            : chance < 0.55 ? -decimal.Round(held * (decimal)(0.3 + (0.3 * dice.Next())), decimals)
            : chance < 0.65 ? -held - (Math.Sign(held) * wanted)
            : chance < 0.8 && Math.Abs(held) * price < LargestNotional ? Math.Sign(held) * decimal.Round(wanted / 2, decimals)
            : 0;
    }

    /// <summary>Takes the wrong side one day, and loses it the next.</summary>
    private static IEnumerable<SimulatedStep> Liquidation(SimulatedHistory history, DateTimeOffset day, int number, string coin)
    {
        if (number == LiquidationDay)
        {
            return [new(day.AddHours(14.1), time => history.Liquidate(time, history.Latest.Positions[coin]))];
        }

        return
        [
            new(day.AddHours(12.1), time =>
            {
                var held = history.Latest.Positions.GetValueOrDefault(coin)?.Size ?? 0;
                var rises = SimulatedMarket.PriceOf(coin, day.AddDays(1).AddHours(14.1)) > SimulatedMarket.PriceOf(coin, time);
                history.Trade(time, new SimulatedOrder(coin, (rises ? -35 : 35) - held, 20, IsIsolated: true, Parts: 4));
            }),
        ];
    }
}
