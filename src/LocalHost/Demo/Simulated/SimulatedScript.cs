namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>What an account does on a day; the days since it was opened are numbered from 0.</summary>
internal delegate IEnumerable<SimulatedStep> SimulatedScript(SimulatedHistory history, DateTimeOffset day, int number);

/// <summary>Something that an account does.</summary>
internal sealed record SimulatedStep(DateTimeOffset Time, Action<DateTimeOffset> Do);

/// <summary>The scripts of accounts that do little.</summary>
internal static class SimulatedScripts
{
    /// <summary>Does nothing, ever.</summary>
    public static SimulatedScript Idle { get; } = (_, _, _) => [];

    /// <summary>Deposits on its first day, takes some positions, and keeps them.</summary>
    /// <param name="deposit">The deposit in USDC.</param>
    /// <param name="toSpot">What of it goes to spot.</param>
    /// <param name="hype">How much HYPE it buys there.</param>
    /// <param name="orders">The orders that make its positions.</param>
    public static SimulatedScript Hold(decimal deposit, decimal toSpot, decimal hype, params SimulatedOrder[] orders) => (history, day, number) => number > 0
        ? Hourly(history, day)
        :
        [
            .. Hourly(history, day),
            new(day.AddHours(8.25), time => history.Deposit(time, deposit)),
            new(day.AddHours(8.5), time => history.MoveToSpot(time, toSpot)),
            new(day.AddHours(9.25), time => history.BuySpot(time, "HYPE", hype, 0.0007m)),
            .. orders.Select((order, index) => new SimulatedStep(day.AddHours(10.25 + index), time => history.Trade(time, order))),
        ];

    /// <summary>As a holder, with a position on the exchange of perpetuals whose collateral is USDH.</summary>
    public static SimulatedScript HoldOnOtherDex { get; } = (history, day, number) => number > 0
        ? Hourly(history, day)
        :
        [
            .. Hold(9_000, 6_000, 20, new SimulatedOrder("ETH", 0.8m, 10))(history, day, number),
            new(day.AddHours(11.5), time => history.BuySpot(time, "USDH", 4_000, 0.0007m)),
            new(day.AddHours(11.6), time => history.MoveToDex(time, SimulatedListings.OtherDex, 3_500)),
            new(day.AddHours(11.75), time => history.Trade(time, new SimulatedOrder("xyz:AAPL", 25, 5))),
            new(day.AddHours(11.8), time => history.Trade(time, new SimulatedOrder("xyz:TSLA", -8, 5))),
        ];

    /// <summary>One position and nothing else, without funding: for very many accounts at once.</summary>
    public static SimulatedScript HoldOne(decimal deposit, string coin, decimal size) => (history, day, number) => number > 0
        ? []
        :
        [
            new(day.AddHours(8), time => history.Deposit(time, deposit)),
            new(day.AddHours(9), time => history.Trade(time, new SimulatedOrder(coin, size, 5))),
        ];

    /// <summary>The funding of a day, a moment after each full hour.</summary>
    public static IEnumerable<SimulatedStep> Hourly(SimulatedHistory history, DateTimeOffset day) =>
        Enumerable.Range(0, 24).Select(hour => new SimulatedStep(day.AddHours(hour).AddMilliseconds(33), history.PayFunding));
}
