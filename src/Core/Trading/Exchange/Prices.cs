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

    /// <summary>Its number.</summary>
    public const int DollarsToken = 0;

    /// <summary>The numbers of the spot tokens, by name, and by name and id with a colon between them: the exchange writes either.</summary>
    public IReadOnlyDictionary<string, int> TokenNumbers { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether there is a spot token of that name, with a price or without.</summary>
    public bool Knows(string token) => NumberOf(token) is not null;

    /// <summary>What one unit of a spot token is worth, by its name; null when nobody says. A perpetual of the same name may be of something else.</summary>
    public decimal? OfToken(string token) => NumberOf(token) is { } number ? OfToken(number) : null;

    /// <summary>The same by the token's number.</summary>
    public decimal? OfToken(int token) => token == DollarsToken ? 1 : Tokens.TryGetValue(token, out var price) ? price : null;

    /// <summary>What one unit of a spot holding is worth; null when nobody says.</summary>
    public decimal? Of(SpotBalance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        return balance.IsDollars ? 1
            : balance.Token is { } token ? OfToken(token)
            : Markets.TryGetValue(balance.Coin, out var price) ? price
            : null;
    }

    private int? NumberOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return TokenNumbers.TryGetValue(token, out var number) || TokenNumbers.TryGetValue(token.Split(':')[0], out number) ? number : null;
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
