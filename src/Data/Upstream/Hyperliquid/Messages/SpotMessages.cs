using System.Text.Json.Serialization;

namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>The answer to <c>spotClearinghouseState</c>.</summary>
internal sealed record SpotClearinghouseState(
    IReadOnlyList<SpotBalanceState> Balances,
    bool? PortfolioMarginEnabled = null,
    IReadOnlyList<Pair<int, decimal>>? TokenToAvailableAfterMaintenance = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Rows.RequireAll(Balances);
}

/// <summary>What is held of one coin. The shares of an outcome have no token.</summary>
internal sealed record SpotBalanceState(string Coin, decimal Total, decimal? Hold = null, int? Token = null, decimal? SpotHold = null);
