using System.Text.Json.Nodes;
using static TraderHub.LocalHost.Demo.Simulated.Wire;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>What an account holds now.</summary>
internal static class AccountAnswers
{
    /// <summary><c>clearinghouseState</c>. In the unified modes it shows the part of the money on spot that the positions use.</summary>
    public static JsonObject ClearinghouseState(SimulatedAccount account, SimulatedHistory history, string dex, DateTimeOffset now)
    {
        var book = history.At(now);
        var positions = book.PositionsOn(dex).ToList();
        var margin = positions.Sum(position => position.MarginAt(now));
        var equity = EquityOf(account, book, dex, now);
        var isolated = positions.Where(position => position.IsIsolated).ToList();
        var cross = positions.Except(isolated).ToList();
        return new JsonObject
        {
            ["marginSummary"] = Summary(equity, positions, now),
            ["crossMarginSummary"] = Summary(equity - isolated.Sum(position => position.MarginAt(now)), cross, now),
            ["crossMaintenanceMarginUsed"] = Text(cross.Sum(position => position.MaintenanceAt(now))),
            ["withdrawable"] = Text(account.IsUnified ? 0 : Math.Max(0, equity - margin)),
            ["assetPositions"] = List(positions.Select(position => AssetPosition(history, position, cross, equity - isolated.Sum(each => each.MarginAt(now)), now))),
            ["time"] = now.ToUnixTimeMilliseconds(),
        };
    }

    /// <summary><c>spotClearinghouseState</c>.</summary>
    public static JsonObject SpotClearinghouseState(SimulatedAccount account, SimulatedHistory history, DateTimeOffset now)
    {
        var book = history.At(now);
        var spot = account.IsUnified ? book.WithSpot(now, "USDC", book.EquityOn(SimulatedListings.MainDex, now)) : book;
        var margin = account.IsUnified ? book.Positions.Values.Sum(position => position.MarginAt(now)) : 0;
        var hold = margin + OrderAnswers.HeldUsdc(account, book);
        var answer = new JsonObject
        {
            ["balances"] = List(spot.Spot.Where(held => held.Value != 0).Select(held => Balance(account, held.Key, held.Value, held.Key == "USDC" ? hold : 0))),
        };
        if (account.Mode == "portfolioMargin")
        {
            answer["portfolioMarginEnabled"] = true;
            answer["portfolioMarginRatio"] = Text(decimal.Round(margin / book.ValueAt(now), 8));
            answer["tokenToAvailableAfterMaintenance"] = List([new JsonArray(0, Text(spot.Spot["USDC"] - book.Positions.Values.Sum(position => position.MaintenanceAt(now))))]);
        }

        return answer;
    }

    /// <summary>The perpetuals' money as the account shows it.</summary>
    public static decimal EquityOf(SimulatedAccount account, SimulatedBook book, string dex, DateTimeOffset now) => account.IsUnified
        ? book.PositionsOn(dex).Sum(position => position.MarginAt(now) + position.ProfitAt(now))
        : book.EquityOn(dex, now);

    private static JsonObject Summary(decimal equity, List<SimulatedPosition> positions, DateTimeOffset now) => new()
    {
        ["accountValue"] = Text(equity),
        ["totalNtlPos"] = Text(positions.Sum(position => position.ValueAt(now))),
        ["totalRawUsd"] = Text(equity - positions.Sum(position => position.Size * SimulatedMarket.PriceOf(position.Coin, now))),
        ["totalMarginUsed"] = Text(positions.Sum(position => position.MarginAt(now))),
    };

    private static JsonObject AssetPosition(
        SimulatedHistory history, SimulatedPosition position, List<SimulatedPosition> cross, decimal crossEquity, DateTimeOffset now)
    {
        var margin = position.MarginAt(now);
        var others = position.IsIsolated ? 0 : cross.Where(other => other.Coin != position.Coin).Sum(other => other.MaintenanceAt(now));
        var liquidation = position.LiquidationPriceAt(position.IsIsolated ? margin : crossEquity, others, now);
        var leverage = new JsonObject { ["type"] = position.IsIsolated ? "isolated" : "cross", ["value"] = position.Leverage };
        if (position.IsIsolated)
        {
            leverage["rawUsd"] = Text(margin - (position.Size * SimulatedMarket.PriceOf(position.Coin, now)));
        }

        return new JsonObject
        {
            ["type"] = "oneWay",
            ["position"] = new JsonObject
            {
                ["coin"] = position.Coin,
                ["szi"] = Text(position.Size),
                ["leverage"] = leverage,
                ["entryPx"] = Text(position.EntryPrice),
                ["positionValue"] = Text(position.ValueAt(now)),
                ["unrealizedPnl"] = Text(position.ProfitAt(now)),
                ["returnOnEquity"] = Rate(position.ProfitAt(now) * position.Leverage / (Math.Abs(position.Size) * position.EntryPrice)),
                ["liquidationPx"] = liquidation is { } price ? Text(price) : null,
                ["marginUsed"] = Text(margin),
                ["maxLeverage"] = position.Listing.MaxLeverage,
                ["cumFunding"] = CumulatedFunding(history, position, now),
            },
        };
    }

    /// <summary>What the coin's positions paid: here, unlike in the history, what was paid is positive.</summary>
    private static JsonObject CumulatedFunding(SimulatedHistory history, SimulatedPosition position, DateTimeOffset now)
    {
        var paid = history.Funding.Where(funding => funding.Coin == position.Coin && funding.Time <= now).ToList();
        return new JsonObject { ["allTime"] = Since(DateTimeOffset.MinValue), ["sinceOpen"] = Since(position.OpenedAt), ["sinceChange"] = Since(position.ChangedAt) };

        string Since(DateTimeOffset from) => Text(-paid.Where(funding => funding.Time >= from).Sum(funding => funding.Amount));
    }

    private static JsonObject Balance(SimulatedAccount account, string token, decimal total, decimal hold)
    {
        var balance = new JsonObject
        {
            ["coin"] = token,
            ["token"] = SimulatedListings.TokenOf(token).Index,
            ["total"] = Text(total),
            ["hold"] = Text(hold),
            ["entryNtl"] = "0.0",
        };
        if (account.Mode == "portfolioMargin")
        {
            balance["ltv"] = token == "HYPE" ? "0.5" : "0.0";
            balance["borrowed"] = "0.0";
            balance["supplied"] = "0.0";
        }

        return balance;
    }
}
