using NodaTime;

namespace TraderHub.Core.Trading.Exchange;

/// <summary>The middle prices of the main exchange's markets and of all spot tokens, in US dollars. A market without a price is absent, never zero.</summary>
/// <param name="Markets">By market's name, as the exchange writes it: <c>BTC</c>, <c>@107</c>.</param>
/// <param name="Tokens">What one unit of a spot token is worth, by the token's number; USDC is 1.</param>
/// <param name="AsOf">When this was so.</param>
public sealed record Prices(IReadOnlyDictionary<string, decimal> Markets, IReadOnlyDictionary<int, decimal> Tokens, Instant AsOf)
{
    /// <summary>The name of the token that counts as US dollars.</summary>
    public const string Dollars = "USDC";

    /// <summary>The numbers of the spot tokens, by name.</summary>
    public IReadOnlyDictionary<string, int> TokenNumbers { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether a token's name is that of dollars; the exchange also writes names with the token's id behind a colon.</summary>
    public static bool IsDollars(string token) => NameOf(token) == Dollars;

    /// <summary>Whether there is a spot token of that name, with a price or without.</summary>
    public bool Knows(string token) => TokenNumbers.ContainsKey(NameOf(token));

    /// <summary>What one unit of a spot token is worth, by its name; null when nobody says.</summary>
    public decimal? OfToken(string token) =>
        TokenNumbers.TryGetValue(NameOf(token), out var number) && Tokens.TryGetValue(number, out var price) ? price
        : Markets.TryGetValue(NameOf(token), out price) ? price
        : null;

    /// <summary>What one unit of a spot holding is worth; null when nobody says.</summary>
    public decimal? Of(SpotBalance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        return balance.Token is { } token && Tokens.TryGetValue(token, out var price) ? price
            : balance.Coin == Dollars ? 1
            : Markets.TryGetValue(balance.Coin, out price) ? price
            : null;
    }

    private static string NameOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.Split(':')[0];
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
