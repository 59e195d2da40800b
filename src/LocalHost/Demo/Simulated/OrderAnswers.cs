using System.Text.Json.Nodes;
using static TraderHub.LocalHost.Demo.Simulated.Wire;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>An account's open orders: each position's profit is taken and its loss stopped, and HYPE is bid for on spot.</summary>
internal static class OrderAnswers
{
    private const decimal BidSize = 10;

    private static readonly decimal BidPrice = decimal.Round(SimulatedListings.PairOf("HYPE").BasePrice * (1 - (2 * SimulatedMarket.LargestSwing)), 2);

    /// <summary><c>frontendOpenOrders</c>; spot orders are with those of the main exchange.</summary>
    public static JsonArray FrontendOpenOrders(SimulatedAccount account, SimulatedHistory history, string dex, DateTimeOffset now)
    {
        if (!account.HasOrders)
        {
            return [];
        }

        var book = history.At(now);
        var triggers = book.PositionsOn(dex).SelectMany(position => new[] { Trigger(account, position, isProfit: true), Trigger(account, position, isProfit: false) });
        return List(dex == SimulatedListings.MainDex && HeldUsdc(account, book) > 0 ? [.. triggers, SpotBid(account, history)] : triggers);
    }

    /// <summary>The money on spot that the open orders hold.</summary>
    public static decimal HeldUsdc(SimulatedAccount account, SimulatedBook book) => account.HasOrders && book.Spot.GetValueOrDefault("USDC") > BidSize * BidPrice ? BidSize * BidPrice : 0;

    /// <summary>Beyond every price that the market reaches, so that it stays open.</summary>
    private static JsonObject Trigger(SimulatedAccount account, SimulatedPosition position, bool isProfit)
    {
        var isAbove = isProfit == position.Size > 0;
        var distance = 1.5m * SimulatedMarket.LargestSwing;
        var price = decimal.Round(position.Listing.BasePrice * (isAbove ? 1 + distance : 1 - distance), 1);
        var order = Order(account, position.Coin, isBuy: position.Size < 0, decimal.Round(price * (position.Size > 0 ? 0.92m : 1.08m), 1), Math.Abs(position.Size), position.ChangedAt);
        order["orderType"] = isProfit ? "Take Profit Market" : "Stop Market";
        order["isTrigger"] = true;
        order["isPositionTpsl"] = true;
        order["reduceOnly"] = true;
        order["triggerPx"] = Text(price);
        order["triggerCondition"] = $"Price {(isAbove ? "above" : "below")} {Text(price)}";
        return order;
    }

    private static JsonObject SpotBid(SimulatedAccount account, SimulatedHistory history)
    {
        var order = Order(account, SimulatedListings.PairOf("HYPE").Name, isBuy: true, BidPrice, BidSize, history.Ledger[0].Time.AddDays(6));
        order["tif"] = "Gtc";
        return order;
    }

    private static JsonObject Order(SimulatedAccount account, string coin, bool isBuy, decimal price, decimal size, DateTimeOffset placed) => new()
    {
        ["coin"] = coin,
        ["side"] = isBuy ? "B" : "A",
        ["limitPx"] = Text(price),
        ["sz"] = Text(size),
        ["oid"] = SimulatedIds.OrderId(account.Address, placed, $"{coin} {Text(price)}"),
        ["timestamp"] = placed.ToUnixTimeMilliseconds(),
        ["triggerCondition"] = "N/A",
        ["isTrigger"] = false,
        ["triggerPx"] = "0.0",
        ["children"] = new JsonArray(),
        ["isPositionTpsl"] = false,
        ["reduceOnly"] = false,
        ["orderType"] = "Limit",
        ["origSz"] = Text(size),
        ["tif"] = null,
        ["cloid"] = null,
    };
}
