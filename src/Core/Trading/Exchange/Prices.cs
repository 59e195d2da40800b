using NodaTime;

namespace TraderHub.Core.Trading.Exchange;

/// <summary>The middle prices of the main exchange's markets and of all spot tokens, in US dollars. A market without a price is absent, never zero.</summary>
/// <param name="Markets">By market's name, as the exchange writes it: <c>BTC</c>, <c>@107</c>.</param>
/// <param name="Tokens">What one unit of a spot token is worth, by the token's number; USDC is 1.</param>
/// <param name="AsOf">When this was so.</param>
public sealed record Prices(IReadOnlyDictionary<string, decimal> Markets, IReadOnlyDictionary<int, decimal> Tokens, Instant AsOf)
{
    /// <summary>What one unit of a spot holding is worth; null when nobody says.</summary>
    public decimal? Of(SpotBalance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        return balance.Token is { } token && Tokens.TryGetValue(token, out var price) ? price
            : balance.Coin == "USDC" ? 1
            : Markets.TryGetValue(balance.Coin, out price) ? price
            : null;
    }
}

/// <summary>An exchange of perpetuals.</summary>
/// <param name="Name">Its name; empty for Hyperliquid's own.</param>
/// <param name="CollateralToken">The number of the spot token that its accounts hold; 0 is USDC.</param>
public sealed record PerpDex(string Name, int CollateralToken)
{
    /// <summary>The name of Hyperliquid's own.</summary>
    public const string Main = "";
}
