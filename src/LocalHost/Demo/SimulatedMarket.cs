namespace TraderHub.LocalHost.Demo;

/// <summary>Prices that move: each coin swings around its base price, at its own pace.</summary>
internal static class SimulatedMarket
{
    private const decimal Swing = 0.02m;

    private static readonly Dictionary<string, (decimal Base, double PeriodSeconds)> Coins = new()
    {
        ["BTC"] = (64_200m, 420),
        ["ETH"] = (3_150m, 300),
        ["SOL"] = (148m, 180),
        ["HYPE"] = (37.8m, 240),
    };

    /// <summary>The mark price of a coin at a moment, in US dollars.</summary>
    public static decimal PriceOf(string coin, DateTimeOffset at)
    {
        var (basePrice, period) = Coins[coin];
        var phase = at.ToUnixTimeMilliseconds() / 1000d % period / period;
        return decimal.Round(basePrice * (1 + (Swing * (decimal)Math.Sin(2 * Math.PI * phase))), 4);
    }
}
