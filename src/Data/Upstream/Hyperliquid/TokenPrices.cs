using System.Globalization;
using TraderHub.Data.Upstream.Hyperliquid.Messages;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>What spot tokens are worth in US dollars, from the markets where they are traded.</summary>
internal static class TokenPrices
{
    private const int Usdc = 0;

    /// <summary>The prices by token's number. Tokens are paid in USDC, or in tokens that have a price themselves; one without such a market has none.</summary>
    public static IReadOnlyDictionary<int, decimal> From(SpotMeta meta, IReadOnlyDictionary<string, decimal> mids)
    {
        var prices = new Dictionary<int, decimal> { [Usdc] = 1 };
        while (true)
        {
            // Round by round: a token that is paid in USDC somewhere has that price, wherever else it is traded.
            var found = meta.Universe
                .Where(pair => !prices.ContainsKey(pair.Tokens.First) && prices.ContainsKey(pair.Tokens.Second))
                .Select(pair => (Token: pair.Tokens.First, Price: MidOf(pair, mids) * prices[pair.Tokens.Second]))
                .Where(token => token.Price is not null)
                .DistinctBy(token => token.Token)
                .ToList();
            if (found.Count == 0)
            {
                return prices;
            }

            found.ForEach(token => prices[token.Token] = token.Price!.Value);
        }
    }

    private static decimal? MidOf(SpotPair pair, IReadOnlyDictionary<string, decimal> mids) =>
        mids.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"@{pair.Index}"), out var mid) || mids.TryGetValue(pair.Name, out mid) ? mid : null;
}
