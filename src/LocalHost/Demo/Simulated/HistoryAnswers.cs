using System.Globalization;
using System.Text.Json.Nodes;
using static TraderHub.LocalHost.Demo.Simulated.Wire;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>What happened to an account.</summary>
internal static class HistoryAnswers
{
    private const int FillsAtOnce = 2_000;

    private const int NewestFills = 10_000;

    private const int RowsAtOnce = 500;

    /// <summary><c>userFills</c>: the newest, newest first.</summary>
    public static JsonArray Fills(SimulatedHistory history, DateTimeOffset now) =>
        List(history.Fills.Where(fill => fill.Time <= now).Reverse().Take(FillsAtOnce).Select(fill => Fill(history, fill)));

    /// <summary><c>userFillsByTime</c>: the oldest first, unless it is asked for the other way; of the newest only, as the real one keeps them.</summary>
    public static JsonArray FillsByTime(SimulatedHistory history, InfoQuestion question, DateTimeOffset now)
    {
        var kept = history.Fills.Where(fill => fill.Time <= now).TakeLast(NewestFills).Where(fill => question.Covers(fill.Time));
        return List((question.IsReversed ? kept.Reverse() : kept).Take(FillsAtOnce).Select(fill => Fill(history, fill)));
    }

    /// <summary><c>userFunding</c>, the oldest first.</summary>
    public static JsonArray Funding(SimulatedHistory history, InfoQuestion question, DateTimeOffset now) => List(history.Funding
        .Where(funding => funding.Time <= now && question.Covers(funding.Time))
        .Take(RowsAtOnce)
        .Select(funding => Row(funding.Time, SimulatedIds.NoHash, new JsonObject
        {
            ["type"] = "funding",
            ["coin"] = funding.Coin,
            ["usdc"] = Text(funding.Amount),
            ["szi"] = Text(funding.Size),
            ["fundingRate"] = Rate(funding.Rate),
            ["nSamples"] = null,
        })));

    /// <summary><c>userNonFundingLedgerUpdates</c>, the oldest first.</summary>
    public static JsonArray Ledger(SimulatedHistory history, InfoQuestion question, DateTimeOffset now) => List(history.Ledger
        .Where(update => update.Time <= now && question.Covers(update.Time))
        .Take(RowsAtOnce)
        .Select(update => Row(
            update.Time,
            SimulatedIds.Hash(string.Create(CultureInfo.InvariantCulture, $"{history.Owner} {update.Time.ToUnixTimeMilliseconds()}")),
            update.Delta.DeepClone())));

    /// <summary><c>userRateLimit</c>: one more request for each dollar traded.</summary>
    public static JsonObject RateLimit(SimulatedHistory history, DateTimeOffset now)
    {
        var fills = history.Fills.Where(fill => fill.Time <= now).ToList();
        var volume = fills.Sum(fill => fill.Price * fill.Size);
        return new JsonObject
        {
            ["cumVlm"] = Text(volume),
            ["nRequestsUsed"] = fills.Select(fill => fill.OrderId).Distinct().Count(),
            ["nRequestsCap"] = 10_000 + (long)volume,
            ["nRequestsSurplus"] = 0,
        };
    }

    private static JsonObject Row(DateTimeOffset time, string hash, JsonNode delta) => new() { ["time"] = time.ToUnixTimeMilliseconds(), ["hash"] = hash, ["delta"] = delta };

    private static JsonObject Fill(SimulatedHistory history, SimulatedFill fill)
    {
        var row = new JsonObject
        {
            ["coin"] = fill.Market,
            ["px"] = Text(fill.Price),
            ["sz"] = Text(fill.Size),
            ["side"] = fill.IsBuy ? "B" : "A",
            ["time"] = fill.Time.ToUnixTimeMilliseconds(),
            ["startPosition"] = Text(fill.StartPosition),
            ["dir"] = fill.Direction,
            ["closedPnl"] = Text(fill.ClosedPnl),
            ["hash"] = SimulatedIds.Hash(string.Create(CultureInfo.InvariantCulture, $"{history.Owner} {fill.OrderId}")),
            ["oid"] = fill.OrderId,
            ["crossed"] = fill.IsTaker,
            ["fee"] = Text(fill.Fee),
            ["tid"] = fill.TradeId,
            ["feeToken"] = fill.FeeToken,
            ["twapId"] = null,
        };
        if (fill.LiquidatedUser is { } liquidated)
        {
            row["liquidation"] = new JsonObject
            {
                ["liquidatedUser"] = liquidated,
                ["markPx"] = Text(SimulatedMarket.PriceOf(fill.Market, fill.Time)),
                ["method"] = "market",
            };
        }

        return row;
    }
}
