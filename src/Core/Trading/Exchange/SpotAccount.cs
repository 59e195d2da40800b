using NodaTime;

namespace TraderHub.Core.Trading.Exchange;

/// <summary>A trader's spot account as the exchange states it.</summary>
/// <param name="Balances">What is held, coin by coin; nothing is left out.</param>
/// <param name="IsPortfolioMargin">Whether the account is margined as a portfolio; null when the exchange does not say.</param>
/// <param name="AvailableAfterMaintenance">By token's number, what could be taken out without touching the maintenance margin; empty unless the exchange says.</param>
/// <param name="AsOf">When this was so.</param>
public sealed record SpotAccount(
    IReadOnlyList<SpotBalance> Balances, bool? IsPortfolioMargin, IReadOnlyDictionary<int, decimal> AvailableAfterMaintenance, Instant AsOf);

/// <summary>What is held of one coin, in units of the coin.</summary>
/// <param name="Coin">The coin.</param>
/// <param name="Token">The token's number; null for what has none, such as the shares of an outcome.</param>
/// <param name="Total">What there is; can be negative.</param>
/// <param name="Hold">The part of it that open orders hold, and in a unified account positions; less what the account could borrow instead.</param>
/// <param name="OwnHold">The same with nothing taken off for what could be borrowed; null when the exchange does not say.</param>
public sealed record SpotBalance(string Coin, int? Token, decimal Total, decimal Hold, decimal? OwnHold = null)
{
    /// <summary>Whether it is US dollars: the token's number says so, its name only where there is no number.</summary>
    public bool IsDollars => Token is { } token ? token == Prices.DollarsToken : Coin == Prices.Dollars;
}
