using System.Globalization;
using System.Text.Json.Nodes;

namespace TraderHub.LocalHost.Demo;

/// <summary>An account of the simulated exchange, answered in the shapes of the real one.</summary>
/// <param name="Cash">The account's money without the positions' profit.</param>
/// <param name="Positions">The open positions.</param>
/// <param name="Spot">What is held on spot.</param>
internal sealed record SimulatedAccount(decimal Cash, IReadOnlyList<SimulatedPosition> Positions, IReadOnlyList<SimulatedHolding> Spot)
{
    /// <summary>An address that the exchange has never seen.</summary>
    public static SimulatedAccount Empty { get; } = new(0, [], []);

    /// <summary>The answer to <c>clearinghouseState</c>.</summary>
    public JsonObject ToClearinghouseState(DateTimeOffset now)
    {
        var notional = Positions.Sum(position => position.ValueAt(now));
        var margin = Positions.Sum(position => position.MarginAt(now));
        var value = Cash + Positions.Sum(position => position.ProfitAt(now));
        var summary = new JsonObject
        {
            ["accountValue"] = Text(value),
            ["totalNtlPos"] = Text(notional),
            ["totalRawUsd"] = Text(value - Positions.Sum(position => position.Size * SimulatedMarket.PriceOf(position.Coin, now))),
            ["totalMarginUsed"] = Text(margin),
        };
        return new JsonObject
        {
            ["marginSummary"] = summary,
            ["crossMarginSummary"] = summary.DeepClone(),
            ["crossMaintenanceMarginUsed"] = Text(margin / 2),
            ["withdrawable"] = Text(Math.Max(0, value - margin)),
            ["assetPositions"] = new JsonArray([.. Positions.Select(position => position.ToAssetPosition(now))]),
            ["time"] = now.ToUnixTimeMilliseconds(),
        };
    }

    /// <summary>The answer to <c>spotClearinghouseState</c>.</summary>
    public JsonObject ToSpotClearinghouseState() => new()
    {
        ["balances"] = new JsonArray([.. Spot.Select(holding => holding.ToBalance())]),
    };

    /// <summary>An amount as the exchange writes it.</summary>
    public static string Text(decimal amount) => decimal.Round(amount, 6).ToString("0.0#####", CultureInfo.InvariantCulture);
}

/// <summary>A position of a simulated account.</summary>
internal sealed record SimulatedPosition(string Coin, decimal Size, decimal EntryPrice, int Leverage)
{
    public decimal ValueAt(DateTimeOffset now) => Math.Abs(Size) * SimulatedMarket.PriceOf(Coin, now);

    public decimal MarginAt(DateTimeOffset now) => ValueAt(now) / Leverage;

    public decimal ProfitAt(DateTimeOffset now) => Size * (SimulatedMarket.PriceOf(Coin, now) - EntryPrice);

    public JsonObject ToAssetPosition(DateTimeOffset now) => new()
    {
        ["type"] = "oneWay",
        ["position"] = new JsonObject
        {
            ["coin"] = Coin,
            ["szi"] = SimulatedAccount.Text(Size),
            ["leverage"] = new JsonObject { ["type"] = "cross", ["value"] = Leverage },
            ["entryPx"] = SimulatedAccount.Text(EntryPrice),
            ["positionValue"] = SimulatedAccount.Text(ValueAt(now)),
            ["unrealizedPnl"] = SimulatedAccount.Text(ProfitAt(now)),
            ["returnOnEquity"] = SimulatedAccount.Text(ProfitAt(now) / MarginAt(now)),
            ["liquidationPx"] = null,
            ["marginUsed"] = SimulatedAccount.Text(MarginAt(now)),
            ["maxLeverage"] = 40,
            ["cumFunding"] = new JsonObject { ["allTime"] = "0.0", ["sinceOpen"] = "0.0", ["sinceChange"] = "0.0" },
        },
    };
}

/// <summary>A spot balance of a simulated account.</summary>
internal sealed record SimulatedHolding(string Coin, int Token, decimal Total, decimal Hold)
{
    public JsonObject ToBalance() => new()
    {
        ["coin"] = Coin,
        ["token"] = Token,
        ["total"] = SimulatedAccount.Text(Total),
        ["hold"] = SimulatedAccount.Text(Hold),
        ["entryNtl"] = "0.0",
    };
}
