using System.Text.Json.Nodes;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>What a request costs of the weight that an address may use per minute, as the exchange documents it.</summary>
internal static class InfoWeights
{
    private const int RowsPerWeight = 20;

    private const int CandlesPerWeight = 60;

    /// <summary>What the request costs before its answer is known.</summary>
    public static int Of(string type) => type switch
    {
        "allMids" or "clearinghouseState" or "spotClearinghouseState" or "exchangeStatus" => 2,
        "userRole" => 60,
        _ => 20,
    };

    /// <summary>What the rows of its answer cost besides.</summary>
    public static int OfRows(string type, JsonNode? answer) => answer is JsonArray candles && type == "candleSnapshot"
        ? candles.Count / CandlesPerWeight
        : answer is JsonArray rows && type
        is "userFills" or "userFillsByTime" or "userFunding" or "userNonFundingLedgerUpdates" or "delegatorHistory" or "delegatorRewards"
            ? rows.Count / RowsPerWeight
            : 0;
}
