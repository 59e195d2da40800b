namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>Prices that move: each market swings around its base price, in weeks, days, hours and minutes. Nothing but the clock decides them.</summary>
internal static class SimulatedMarket
{
    /// <summary>No price is ever farther than this share from its base.</summary>
    public const decimal LargestSwing = 0.125m;

    private const decimal StableSwing = 0.05m;

    private const double BaseFunding = 0.0000125;

    private static readonly (double PeriodSeconds, double Share)[] Swings = [(23.4 * 86_400, 0.07), (4.7 * 86_400, 0.035), (8.3 * 3_600, 0.014), (420, 0.004)];

    /// <summary>The price of a market, or of a spot token in USDC, to five significant digits.</summary>
    public static decimal PriceOf(string name, DateTimeOffset at)
    {
        if (name == "USDC")
        {
            return 1;
        }

        if (SimulatedListings.Perps.FirstOrDefault(perp => perp.Name == name) is { } perp)
        {
            return Significant(perp.BasePrice * (1 + Swing(perp.Name, at)));
        }

        // HYPE costs the same on spot as its perpetual.
        var pair = SimulatedListings.Pairs.First(pair => pair.Name == name || pair.Token == name);
        return pair.Token == "USDH" ? Significant(pair.BasePrice + (StableSwing * Swing(pair.Token, at))) : Significant(pair.BasePrice * (1 + Swing(pair.Token, at)));
    }

    /// <summary>What a long position pays for an hour, as a share of its value; negative when it receives.</summary>
    public static decimal FundingRateOf(string coin, DateTimeOffset at) =>
        decimal.Round((decimal)(BaseFunding * (1 + (2.5 * Wave(Phase(coin), at, 2.9 * 86_400)))), 10);

    private static decimal Swing(string name, DateTimeOffset at) => (decimal)Swings.Sum(swing => swing.Share * Wave(Phase(name), at, swing.PeriodSeconds));

    private static double Wave(double phase, DateTimeOffset at, double periodSeconds) =>
        Math.Sin(2 * Math.PI * ((at.ToUnixTimeMilliseconds() / 1000d % periodSeconds / periodSeconds) + phase));

    /// <summary>Markets do not swing in step.</summary>
    private static double Phase(string name) => name.Sum(letter => letter) % 17 / 17d;

    private static decimal Significant(decimal price)
    {
        var decimals = 4 - (int)Math.Floor(Math.Log10((double)price));
        return decimal.Round(price, Math.Clamp(decimals, 0, 8));
    }
}
