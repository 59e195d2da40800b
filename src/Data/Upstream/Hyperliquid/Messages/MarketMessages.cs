using System.Text.Json.Serialization;

namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>The answer to <c>exchangeStatus</c>.</summary>
internal sealed record ExchangeStatus(long Time, string? SpecialStatuses = null);

/// <summary>What one venue will pay for a coin next; the answer to <c>predictedFundings</c> has it by coin and venue, null for venues without the coin.</summary>
internal sealed record PredictedFunding(decimal FundingRate, long NextFundingTime, int? FundingIntervalHours = null);

/// <summary>One of the answers to <c>perpDexs</c>, which has null for the main one.</summary>
internal sealed record PerpDexState(string Name);

/// <summary>The answer to <c>meta</c>; old ones have no collateral, which is USDC then.</summary>
internal sealed record PerpMeta(IReadOnlyList<PerpMarket> Universe, int? CollateralToken = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Rows.RequireAll(Universe);
}

internal sealed record PerpMarket(string Name, int? SzDecimals = null, int? MaxLeverage = null);

/// <summary>The answer to <c>spotMeta</c>.</summary>
internal sealed record SpotMeta(IReadOnlyList<SpotToken> Tokens, IReadOnlyList<SpotPair> Universe) : IJsonOnDeserialized
{
    public void OnDeserialized()
    {
        Rows.RequireAll(Tokens);
        Rows.RequireAll(Universe);
    }
}

internal sealed record SpotToken(string Name, int Index, string? TokenId = null);

/// <summary>A spot market: its tokens are what is traded and what it is paid in.</summary>
internal sealed record SpotPair(string Name, Pair<int, int> Tokens, int Index);

/// <summary>One of the answers to <c>candleSnapshot</c>: when it begins, in milliseconds, and its closing price.</summary>
internal sealed record CandleState(long? T = null, decimal? C = null);
