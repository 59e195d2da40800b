namespace TraderHub.Core.Signals;

/// <summary>What operators choose of the module.</summary>
/// <param name="WatchlistLimit">The most tickers of a watchlist.</param>
/// <param name="AdminChatId">The chat that failures are told to; null tells nobody.</param>
public sealed record SignalsOptions(int WatchlistLimit, string? AdminChatId);
