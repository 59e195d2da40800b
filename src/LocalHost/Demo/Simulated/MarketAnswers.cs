using System.Text.Json.Nodes;
using static TraderHub.LocalHost.Demo.Simulated.Wire;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>What the exchange lists, and at which prices.</summary>
internal static class MarketAnswers
{
    /// <summary><c>allMids</c>: spot pairs are with the main exchange.</summary>
    public static JsonObject AllMids(string dex, DateTimeOffset now)
    {
        var markets = PerpsOn(dex).Select(perp => perp.Name);
        var all = dex == SimulatedListings.MainDex ? markets.Concat(SimulatedListings.Pairs.Select(pair => pair.Name)) : markets;
        return new(all.Select(market => KeyValuePair.Create(market, (JsonNode?)Text(SimulatedMarket.PriceOf(market, now)))));
    }

    /// <summary><c>meta</c>.</summary>
    public static JsonObject Meta(string dex) => new()
    {
        ["universe"] = List(PerpsOn(dex).Select(perp => new JsonObject
        {
            ["szDecimals"] = perp.SizeDecimals,
            ["name"] = perp.Name,
            ["maxLeverage"] = perp.MaxLeverage,
            ["marginTableId"] = perp.MaxLeverage,
        })),
        ["marginTables"] = List(PerpsOn(dex).Select(perp => perp.MaxLeverage).Distinct().Select(leverage => new JsonArray(leverage, new JsonObject
        {
            ["description"] = string.Empty,
            ["marginTiers"] = new JsonArray(new JsonObject { ["lowerBound"] = "0.0", ["maxLeverage"] = leverage }),
        }))),
        ["collateralToken"] = SimulatedListings.CollateralOf(dex).Index,
    };

    /// <summary><c>spotMeta</c>.</summary>
    public static JsonObject SpotMeta() => new()
    {
        ["universe"] = List(SimulatedListings.Pairs.Select(pair => new JsonObject
        {
            ["tokens"] = new JsonArray(SimulatedListings.TokenOf(pair.Token).Index, 0),
            ["name"] = pair.Name,
            ["index"] = pair.Index,
            ["isCanonical"] = pair.IsCanonical,
        })),
        ["tokens"] = List(SimulatedListings.Tokens.Select(token => new JsonObject
        {
            ["name"] = token.Name,
            ["szDecimals"] = token.SizeDecimals,
            ["weiDecimals"] = 8,
            ["index"] = token.Index,
            ["tokenId"] = SimulatedIds.Hash(token.Name)[..34],
            ["isCanonical"] = token.Index < 2,
            ["evmContract"] = null,
            ["fullName"] = null,
        })),
    };

    /// <summary><c>perpDexs</c>: the main exchange is null.</summary>
    public static JsonArray PerpDexs() => List(SimulatedListings.Dexes.Select(dex => dex == SimulatedListings.MainDex ? null : new JsonObject
    {
        ["name"] = dex,
        ["fullName"] = dex.ToUpperInvariant(),
        ["deployer"] = SimulatedIds.Hash(dex)[..42],
        ["oracleUpdater"] = null,
        ["feeRecipient"] = null,
        ["assetToStreamingOiCap"] = new JsonArray(),
    }));

    /// <summary><c>predictedFundings</c>: a venue that does not list a coin has null.</summary>
    public static JsonArray PredictedFundings(DateTimeOffset now)
    {
        var next = now.AddHours(1).AddTicks(-(now.Ticks % TimeSpan.TicksPerHour)).ToUnixTimeMilliseconds();
        return List(PerpsOn(SimulatedListings.MainDex).Select(perp => new JsonArray(perp.Name, new JsonArray(
            new JsonArray("BinPerp", perp.Name == "HYPE" ? null : Funding(8 * SimulatedMarket.FundingRateOf(perp.Name, now), 8)),
            new JsonArray("HlPerp", Funding(SimulatedMarket.FundingRateOf(perp.Name, now), 1))))));

        JsonObject Funding(decimal rate, int hours) => new() { ["fundingRate"] = Rate(rate), ["nextFundingTime"] = next, ["fundingIntervalHours"] = hours };
    }

    /// <summary><c>exchangeStatus</c>.</summary>
    public static JsonObject Status(DateTimeOffset now) => new() { ["time"] = now.ToUnixTimeMilliseconds(), ["specialStatuses"] = null };

    private static IEnumerable<PerpListing> PerpsOn(string dex) => SimulatedListings.Perps.Where(perp => perp.Dex == dex);
}
